using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>The attempts to write one batch after another, and the pauses between them.</summary>
internal sealed class Attempts(SinkOptions options, Random random)
{
    private const double Growth = 4;

    private int _made;
    private bool _hurried;

    /// <summary>Attempts beyond the first, over all batches.</summary>
    public long Retries { get; private set; }

    public bool AreUsedUp => _made >= options.Attempts;

    /// <summary>Another batch has its first attempt.</summary>
    public void Begin()
    {
        _made = 1;
        _hurried = false;
    }

    /// <summary>The batch has one more.</summary>
    public void Repeat()
    {
        _made++;
        Retries++;
    }

    /// <summary>Whether the pause may be left out for those who wait for a flush: once per batch, for a store that is asked without a pause does not recover.</summary>
    public bool TryHurry()
    {
        var may = !_hurried;
        _hurried = true;
        return may;
    }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Pause()
    {
        var whole = Math.Min(options.FirstPause.Ticks * Math.Pow(Growth, _made - 1), options.LongestPause.Ticks);
        return TimeSpan.FromTicks((long)(whole * (1 - (options.Jitter * random.NextDouble()))));
    }
}
