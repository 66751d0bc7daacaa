using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>
/// Decides whether branches of one config may start: not after it has failed too often, until a pause is over and a single probe has
/// succeeded. A circuit breaker (M. Nygard, Release It!). Settings may change between calls; without locks, for one owner.
/// </summary>
internal sealed class Quarantine(TimeProvider clock)
{
    // null before the first failure: a healthy config costs nothing
    private LatestFailures? _failures;
    private long _since;
    private bool _isProbed;

    /// <summary>Whether the config is quarantined.</summary>
    public bool IsOn { get; private set; }

    /// <summary>How many failures quarantined the config: 1 after a failed probe, and zero while it is not quarantined.</summary>
    public int Failures { get; private set; }

    /// <summary>How long the config is left alone before the next probe; zero while it is not quarantined.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Whether a branch must not start. A config whose pause is over is free for one probe.</summary>
    public bool Refuses(QuarantineSettings settings)
    {
        if (!settings.IsOn)
            Lift();

        return IsOn && (_isProbed || clock.GetElapsedTime(_since) < Pause);
    }

    /// <summary>A branch starts, refused or not. True when it is the probe; its <see cref="End"/> must say so.</summary>
    public bool Begin(QuarantineSettings settings)
    {
        if (Refuses(settings) || !IsOn)
            return false;

        _isProbed = true;
        return true;
    }

    /// <summary>A branch has ended. While the config is quarantined, only its probe decides anything.</summary>
    public QuarantineChange End(QuarantineSettings settings, bool isProbe, BranchStatus status)
    {
        if (isProbe)
            _isProbed = false;
        if (!settings.IsOn)
            Lift();
        if (!settings.IsOn || status is not (BranchStatus.Success or BranchStatus.Failed or BranchStatus.TimedOut))
            return QuarantineChange.None;

        var failed = status != BranchStatus.Success;
        if (IsOn)
            return isProbe ? Decide(settings, failed) : QuarantineChange.None;

        if (failed)
            return CountFailure(settings);

        _failures?.AddSuccess();
        return QuarantineChange.None;
    }

    private QuarantineChange CountFailure(QuarantineSettings settings)
    {
        _failures ??= new LatestFailures(clock);
        return _failures.AddFailure(settings) ? TurnOn(_failures.Count, settings.Pause) : QuarantineChange.None;
    }

    private QuarantineChange Decide(QuarantineSettings settings, bool failed)
    {
        if (failed)
            return TurnOn(failures: 1, Longer(Pause * 2, settings));

        Lift();
        return QuarantineChange.Released;
    }

    // a first pause that is set longer than the longest is not shortened by a failure
    private static TimeSpan Longer(TimeSpan doubled, QuarantineSettings settings)
    {
        var longest = settings.LongestPause > settings.Pause ? settings.LongestPause : settings.Pause;
        return doubled < longest ? doubled : longest;
    }

    private QuarantineChange TurnOn(int failures, TimeSpan pause)
    {
        IsOn = true;
        _failures = null;
        _since = clock.GetTimestamp();
        Failures = failures;
        Pause = pause;
        return QuarantineChange.Quarantined;
    }

    // a probe that is still on its way keeps its place until it ends
    private void Lift()
    {
        IsOn = false;
        _failures = null;
        Failures = 0;
        Pause = TimeSpan.Zero;
    }
}
