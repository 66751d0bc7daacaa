namespace Spearmint.Domain;

/// <summary>How one call of the function ended: failure is data from here on.</summary>
internal readonly record struct BranchOutcome(BranchStatus Status, TimeSpan Duration, object? Output, Exception? Exception);
