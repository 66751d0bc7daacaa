using System.Diagnostics.CodeAnalysis;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// The comparison of a branch with the one that it is measured by, from its start to its end. What is not said to be for any thread is
/// touched by the supervisor alone.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and a comparer that outlives its comparison may still use its token.")]
internal sealed class PairComparison(RunBranch compared, Branch reference) : Expiring
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _claimed;

    public RunBranch Compared { get; } = compared;

    /// <summary>The branch that the other is measured by.</summary>
    public Branch Reference { get; } = reference;

    /// <summary>Cancelled when the comparison was ended without the comparer.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>What came of it. Written by whoever claimed the end, before anybody else reads it.</summary>
    public Comparison? Ended { get; set; }

    /// <summary>Whether the comparer goes on although the comparison has ended.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Whoever ends the comparison claims it first: the thread that compares, or the supervisor at a deadline. From any thread.</summary>
    public bool TryClaimEnd() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>Tells the comparer to stop. Runs whatever it has registered on its token.</summary>
    public void Cancel() => _cancellation.Cancel();
}
