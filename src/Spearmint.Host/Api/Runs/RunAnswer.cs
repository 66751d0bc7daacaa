using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Host.Api.Dto;

namespace Spearmint.Host.Api.Runs;

/// <summary>The answer to a run that was asked for with a key, as it is sent and kept.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON: the answer to the run, or problem details where it has failed.</param>
internal sealed record RunAnswer(int Status, byte[] Body)
{
    public static RunAnswer Of(RunAnswerDto answer) => new(StatusCodes.Status201Created, JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Options));

    /// <param name="failed">How the run has failed.</param>
    /// <param name="traceId">The id of the request that it was carried out for.</param>
    public static RunAnswer Of(RunFailedException failed, string traceId)
    {
        // with what the framework adds to every other problem
        var problem = TypedResults.Problem(Problems.From(failed)).ProblemDetails;
        problem.Extensions["traceId"] = traceId;
        return new RunAnswer(problem.Status!.Value, JsonSerializer.SerializeToUtf8Bytes<ProblemDetails>(problem, ApiJson.Options));
    }

    public string ContentType => Status == StatusCodes.Status201Created ? $"{MediaTypeNames.Application.Json}; charset=utf-8" : MediaTypeNames.Application.ProblemJson;
}

/// <summary>Sends such an answer, the same bytes to everybody.</summary>
/// <param name="runId">The run.</param>
/// <param name="answer">The answer.</param>
/// <param name="isReplayed">Whether it is that of a run that another request has begun.</param>
internal sealed class RunAnswerResult(Guid runId, RunAnswer answer, bool isReplayed) : IResult
{
    private const string Replayed = "Idempotency-Replayed";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.Status == StatusCodes.Status201Created)
            response.Headers.Location = $"{httpContext.Request.PathBase}/api/v1/runs/{runId}";
        if (isReplayed)
            response.Headers[Replayed] = "true";

        return response.Body.WriteAsync(answer.Body, httpContext.RequestAborted).AsTask();
    }
}
