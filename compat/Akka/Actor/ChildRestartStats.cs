using System.Diagnostics;

namespace Akka.Actor;

/// <summary>A child and how often it has been restarted lately.</summary>
internal sealed class ChildRestartStats(LocalActorRef child)
{
    private int _restarts;
    private long _windowStart;

    public LocalActorRef Child { get; } = child;

    public bool IsStopping { get; set; }

    /// <param name="maxRestarts">Negative: no limit.</param>
    /// <param name="windowMilliseconds">Not positive: the limit holds for the child's whole life.</param>
    public bool RequestRestart(int maxRestarts, int windowMilliseconds)
    {
        if (maxRestarts == 0)
            return false;
        if (windowMilliseconds <= 0)
            return maxRestarts < 0 || ++_restarts <= maxRestarts;
        if (_restarts == 0 || Stopwatch.GetElapsedTime(_windowStart).TotalMilliseconds > windowMilliseconds)
        {
            _restarts = 1;
            _windowStart = Stopwatch.GetTimestamp();
            return true;
        }

        // A window without a number allows one restart within it.
        return ++_restarts <= Math.Max(1, maxRestarts);
    }
}
