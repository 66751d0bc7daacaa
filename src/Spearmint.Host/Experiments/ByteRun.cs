using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>The answer to a run, whatever the type of the output.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Output">The output of the primary; null where the strategy answers with all branches.</param>
/// <param name="Branches">The awaited branches, in config order.</param>
internal sealed record ByteRun(Guid RunId, object? Output, IReadOnlyList<Branch> Branches)
{
    public static ByteRun From<TOutput>(ExperimentResult<TOutput> result) => new(
        result.RunId,
        // where there is none, the output is the default of TOutput, which may look like one
        result.Answer == AnswerShape.Output ? result.Output : null,
        result.Branches);
}
