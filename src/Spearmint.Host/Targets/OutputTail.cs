using System.Text;

namespace Spearmint.Host.Targets;

/// <summary>The last that a program says on its standard error, read so that the program never waits for a reader.</summary>
internal sealed class OutputTail(Stream stream)
{
    private const int MostShown = 4096;

    // a secret that begins before what is shown is whole in what is kept
    private const int MostBytes = 4 * MostShown;

    private readonly byte[] _tail = new byte[2 * MostBytes];
    private int _length;

    /// <summary>The last 4096 characters, without secrets.</summary>
    public string Text(Secrets secrets)
    {
        var text = secrets.Scrub(Encoding.UTF8.GetString(_tail, Math.Max(0, _length - MostBytes), Math.Min(_length, MostBytes)).Trim());
        return text.Length <= MostShown ? text : text[^MostShown..];
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            int read;
            while ((read = await stream.ReadAsync(_tail.AsMemory(_length), cancellationToken)) > 0)
            {
                _length += read;
                if (_length <= MostBytes)
                    continue;

                _tail.AsSpan(_length - MostBytes, MostBytes).CopyTo(_tail);
                _length = MostBytes;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // what the program has started holds the pipe
        }
    }
}
