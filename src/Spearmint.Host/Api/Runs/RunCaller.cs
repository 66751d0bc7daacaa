using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Runs;

/// <summary>Runs experiments for requests.</summary>
internal sealed partial class RunCaller(SpearmintClient client, BranchRecords records, TimeProvider clock, ILogger<RunCaller> logger)
{
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(3);

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
            var newestFirst = await RecordsAsync(runId);
            throw new RunFailedException(runId, e, newestFirst.LastOrDefault(branch => branch.Role.IsAwaited()));
        }
    }

    /// <summary>The same as bytes, of a run that has failed too; no caller who goes away ends it.</summary>
    public async Task<RunAnswer> AnswerAsync(IHostedExperiment experiment, byte[] input, RunOptions options, string traceId)
    {
        try
        {
            return RunAnswer.Of(await RunAsync(experiment, input, options, CancellationToken.None));
        }
        catch (RunFailedException e)
        {
            if (Problems.IsBug(e))
                LogFailed(e.RunId, e);
            return RunAnswer.Of(e, traceId);
        }
    }

    // that the store is away, or slow, does not make another failure of this one
    private async Task<IReadOnlyList<BranchRecord>> RecordsAsync(Guid runId)
    {
        try
        {
            return await records.FindAsync(runId).WaitAsync(RecordTime, clock);
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
        {
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} failed")]
    private partial void LogFailed(Guid runId, Exception exception);
}
