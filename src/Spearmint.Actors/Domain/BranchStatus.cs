namespace Spearmint.Domain;

/// <summary>How far a branch has come. All but <see cref="Pending"/> are final.</summary>
public enum BranchStatus
{
    /// <summary>Started, not ended.</summary>
    Pending,

    /// <summary>The function returned; a null output is a success too.</summary>
    Success,

    /// <summary>The function threw, or the worker that ran it died.</summary>
    Failed,

    /// <summary>The branch did not end within its deadline.</summary>
    TimedOut,

    /// <summary>The caller, or the end of the process, cancelled the branch.</summary>
    Cancelled,

    /// <summary>The branch was planned and not run; <see cref="Branch.SkipReason"/> says why.</summary>
    Skipped,
}
