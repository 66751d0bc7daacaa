using Spearmint.Domain;

namespace Spearmint.Host.Storage;

/// <summary>Two branches of one run, in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="One">Of the one config.</param>
/// <param name="Other">Of the other.</param>
internal sealed record PairedBranches(Guid RunId, BranchInShort One, BranchInShort Other);

/// <summary>How a branch went.</summary>
internal sealed record BranchInShort(BranchStatus Status, TimeSpan Duration, IReadOnlyDictionary<string, double> Metrics);
