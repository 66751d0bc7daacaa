using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Host.Experiments;

/// <summary>The answer to a run, whatever the type of the output.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Output">The output of the primary; null where the strategy answers with all branches.</param>
/// <param name="Branches">The awaited branches, in config order.</param>
internal sealed record ByteRun(Guid RunId, object? Output, IReadOnlyList<Branch> Branches)
{
    public static ByteRun From<TOutput>(ExperimentResult<TOutput> result) => new(
        result.RunId,
        // not result.Output: where there is none, that is the default of TOutput, which may look like one
        result.Branches.FirstOrDefault(branch => branch.Role == BranchRole.Primary) is { } primary ? primary.Output : null,
        result.Branches);
}
