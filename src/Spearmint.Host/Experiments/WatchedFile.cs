namespace Spearmint.Host.Experiments;

/// <summary>A file, what was last made of it, and what it may be about to become.</summary>
/// <param name="name">Its name.</param>
internal sealed class WatchedFile(string name)
{
    private FileContent? _seen;
    private DateTimeOffset _seenAt;
    private bool _isSeen;

    public string Name => name;

    /// <summary>What was last taken of it; null for nothing.</summary>
    public FileContent? Taken { get; private set; }

    /// <summary>The experiment that is in force by it; null for none.</summary>
    public LoadedExperiment? Loaded { get; set; }

    /// <summary>The name that it wants for its experiment; null where it does not say one that can be read.</summary>
    public string? Wanted { get; set; }

    /// <summary>What is wrong with what was last taken.</summary>
    public IReadOnlyList<FileError> Errors { get; set; } = [];

    /// <summary>Whether it holds something else than was taken, and has for a while: an editor may write in two steps.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="now">The time.</param>
    /// <param name="settle">How long it must have stayed the same.</param>
    public Change Look(FileContent? content, DateTimeOffset now, TimeSpan settle)
    {
        if (content == Taken)
        {
            _isSeen = false;
            return Change.None;
        }

        if (!_isSeen || _seen != content)
            (_isSeen, _seen, _seenAt) = (true, content, now);

        return now - _seenAt >= settle ? Change.Settled : Change.Unsettled;
    }

    public void Take(FileContent? content)
    {
        Taken = content;
        _isSeen = false;
    }
}

/// <summary>Whether a file has changed.</summary>
internal enum Change
{
    None,
    Unsettled,
    Settled,
}
