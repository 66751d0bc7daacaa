using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>The latest failures of a config, no more than matter: as many as the limit, and none older than the window.</summary>
internal sealed class LatestFailures(TimeProvider clock)
{
    private readonly Queue<(long At, long Try)> _failures = new();
    private long _tries;

    public int Count => _failures.Count;

    public void AddSuccess() => _tries++;

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether they have become too many: the limit is reached, and they are the set share of what was tried since the first of them.</returns>
    public bool AddFailure(QuarantineSettings settings)
    {
        _failures.Enqueue((clock.GetTimestamp(), ++_tries));
        while (_failures.Count > settings.FailureLimit || clock.GetElapsedTime(_failures.Peek().At) >= settings.Window)
            _failures.Dequeue();

        return _failures.Count == settings.FailureLimit
            && _failures.Count >= settings.FailureShare * (_tries - _failures.Peek().Try + 1);
    }
}
