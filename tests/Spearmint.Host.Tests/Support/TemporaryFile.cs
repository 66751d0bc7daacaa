namespace Spearmint.Host.Support;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] content)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"spearmint-{Guid.NewGuid():N}.bin");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public void Dispose() => File.Delete(Path);
}
