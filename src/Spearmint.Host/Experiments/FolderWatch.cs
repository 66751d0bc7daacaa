namespace Spearmint.Host.Experiments;

/// <summary>Says that something may have changed in a folder: when the system says so, and every few seconds, for folders of which it says nothing.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly TimeSpan _poll;
    private readonly string _path;
    private FileSystemWatcher? _watcher;

    /// <param name="path">The folder; it may come later.</param>
    /// <param name="poll">How long to wait at most.</param>
    public FolderWatch(string path, TimeSpan poll)
    {
        _path = path;
        _poll = poll;
        Watch();
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!await _changed.WaitAsync(_poll, cancellationToken) || _watcher is null)
            Watch();
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _changed.Dispose();
    }

    // a folder that was taken away and made again is another one for the system, and says nothing of that
    private void Watch()
    {
        if (!Directory.Exists(_path))
        {
            _watcher?.Dispose();
            _watcher = null;
            return;
        }

        if (_watcher is not null)
            return;

        try
        {
            var watcher = new FileSystemWatcher(_path);
            watcher.Changed += (_, _) => Signal();
            watcher.Created += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.Error += (_, _) => Signal();
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // no watches are left, or the folder has just gone: it is looked at every few seconds all the same
        }
    }

    private void Signal()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // it is known already, or nobody waits any more
        }
    }
}
