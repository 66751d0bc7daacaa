using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>How tags of spans and metrics spell what has a type here.</summary>
internal static class TagValues
{
    public static string Of(BranchRole role) => role switch
    {
        BranchRole.Primary => "primary",
        BranchRole.Shadow => "shadow",
        BranchRole.Noise => "noise",
        _ => "candidate",
    };

    public static string Of(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Match => "match",
        ComparisonVerdict.Mismatch => "mismatch",
        ComparisonVerdict.Ignored => "ignored",
        _ => "error",
    };

    public static string Of(BranchStatus status) => status switch
    {
        BranchStatus.Success => "success",
        BranchStatus.Failed => "failed",
        BranchStatus.TimedOut => "timed_out",
        BranchStatus.Cancelled => "cancelled",
        BranchStatus.Skipped => "skipped",
        _ => "pending",
    };
}
