using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What there is to run, and running it.</summary>
internal static class ExperimentsApi
{
    public static void MapExperiments(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments", List);
        api.MapPost("/experiments/{name}/runs", RunAsync);
    }

    private static Ok<ExperimentDto[]> List(ExperimentRegistry experiments) =>
        TypedResults.Ok(experiments.All.Select(ExperimentDto.From).ToArray());

    private static async Task<Created<RunAnswerDto>> RunAsync(
        string name, HttpRequest request, ExperimentRegistry experiments, SpearmintClient client, BranchRecords records, CancellationToken cancellationToken)
    {
        var experiment = experiments.Find(name);
        var input = await RequestBody.ReadAsync(request, cancellationToken);
        var run = await CallAsync(experiment, input, client, records, cancellationToken);
        return TypedResults.Created($"{request.PathBase}/api/v1/runs/{run.RunId}", RunAnswerDto.From(experiment, run));
    }

    private static async Task<ByteRun> CallAsync(
        IHostedExperiment experiment, byte[] input, SpearmintClient client, BranchRecords records, CancellationToken cancellationToken)
    {
        // chosen here, to be known when the run fails
        var runId = Guid.CreateVersion7();
        try
        {
            return await experiment.RunAsync(client, input, new RunOptions { RunId = runId }, cancellationToken);
        }
        catch (Exception e) when (e is not (OverloadedException or ShuttingDownException or UnansweredException) && !cancellationToken.IsCancellationRequested)
        {
            // a function may throw anything; its record says it without secrets. Where several could have answered, it is the first that is thrown.
            var newestFirst = await records.FindAsync(runId);
            throw new RunFailedException(runId, e, newestFirst.LastOrDefault(branch => branch.Role.IsAwaited()));
        }
    }
}
