using System.Text;

namespace Spearmint.Host.Support;

/// <summary>What a process prints, line by line, and who waits for which line.</summary>
internal sealed class ProcessOutput
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource<string> Waiter)> _waiters = [];
    private readonly Task _reading;

    public ProcessOutput(StreamReader reader) => _reading = ReadAsync(reader);

    public string Text
    {
        get
        {
            lock (_gate)
                return _lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString();
        }
    }

    public Task EndAsync() => _reading;

    public Task<string> LineAsync(string text)
    {
        var waiter = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } printed)
                return Task.FromResult(printed);
            if (_reading.IsCompleted)
                return Task.FromException<string>(new EndOfStreamException());

            _waiters.Add((text, waiter));
        }

        return waiter.Task;
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
                foreach (var (_, waiter) in _waiters.Where(waiting => line.Contains(waiting.Text, StringComparison.Ordinal)))
                    waiter.TrySetResult(line);
            }
        }

        lock (_gate)
        {
            foreach (var (_, waiter) in _waiters)
                waiter.TrySetException(new EndOfStreamException());
        }
    }
}
