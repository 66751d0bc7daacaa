using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Runs;

/// <summary>Runs experiments for requests.</summary>
internal sealed class RunCaller(SpearmintClient client, BranchRecords records)
{
    /// <exception cref="RunFailedException">The run was carried out and has failed.</exception>
    public async Task<RunAnswerDto> RunAsync(IHostedExperiment experiment, byte[] input, RunOptions options, CancellationToken cancellationToken)
    {
        // chosen before, to be known when the run fails
        var runId = options.RunId!.Value;
        try
        {
            return RunAnswerDto.From(experiment, await experiment.RunAsync(client, input, options, cancellationToken));
        }
        catch (Exception e) when (e is not (OverloadedException or ShuttingDownException or UnansweredException) && !cancellationToken.IsCancellationRequested)
        {
            // a function may throw anything; its record says it without secrets. Where several could have answered, it is the first that is thrown.
            var newestFirst = await records.FindAsync(runId);
            throw new RunFailedException(runId, e, newestFirst.LastOrDefault(branch => branch.Role.IsAwaited()));
        }
    }
}
