using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Api.Live;
using Spearmint.Host.Storage;
using Spearmint.Sinks;

namespace Spearmint.Host.Api;

/// <summary>The one place where exceptions become problem details (RFC 9457).</summary>
/// <remarks>A request whose client went away is not among them: the framework ends it with 499, which nobody reads.</remarks>
internal sealed partial class Problems(ILogger<Problems> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (IsBug(exception))
            LogBug(logger, context.Request.Method, context.Request.Path, exception);

        var problem = From(exception);
        if (problem.Status == 503)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;

        await TypedResults.Problem(problem).ExecuteAsync(context);
        return true;
    }

    /// <summary>Writes what a status that has no body means: there is no such path, or no such method on it.</summary>
    public static Task WriteAsync(HttpContext context) => TypedResults.Problem(From(context.Response.StatusCode, context.Request)).ExecuteAsync(context);

    /// <summary>Writes a problem that is no exception.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(Problem(status, title, detail)).ExecuteAsync(context);

    internal static ProblemDetails From(int status, HttpRequest request) => status switch
    {
        404 => Problem(404, "Not found", $"There is nothing at {request.Path}. There are /api/v1/experiments, /api/v1/runs, /api/v1/branches and /healthz."),
        405 => Problem(405, "Method not allowed", $"{request.Path} does not take {request.Method}."),
        415 => Problem(415, "Unsupported media type", $"{request.Path} does not take {(string.IsNullOrEmpty(request.ContentType) ? "a body without a type" : request.ContentType)}; send application/json."),
        _ => new ProblemDetails { Status = status },
    };

    internal static ProblemDetails From(Exception exception) => exception switch
    {
        UnknownNameException unknown => Problem(404, "Unknown name", unknown.Message, ("known", unknown.Known)),
        UnknownRunException unknown => Problem(404, "Unknown run", unknown.Message),
        UnknownBranchException unknown => Problem(404, "Unknown branch", unknown.Message),
        RefusedException refused => Problem(refused.Status, refused.Title, refused.Message),
        StorageUnavailableException away => Problem(503, "The store is away", away.Message),
        TooManyFeedsException feeds => Problem(503, "Too many live feeds", feeds.Message),
        BadRequestException bad => Problem(400, "Bad request", bad.Message),
        BadHttpRequestException { StatusCode: 413 } large =>
            Problem(413, "Body too large", $"{large.Message} The setting Spearmint:MaxBodyBytes says how much the input of a run may have."),
        BadHttpRequestException bad => Problem(bad.StatusCode, "Bad request", bad.Message),
        OverloadedException overloaded => Problem(503, "Overloaded", overloaded.Message),
        ShuttingDownException shutting => Problem(503, "Shutting down", shutting.Message),
        UnansweredException unanswered => Problem(503, "Unanswered", unanswered.Message),
        RunFailedException { TimedOut: { } timedOut } run => TimedOut(run, timedOut),
        RunFailedException { Branch: { } branch } => Failed(branch),
        RunFailedException { InnerException: { } cause } => Problem(500, "The run failed", $"There is no record of what failed ({TypeOf(cause)}); the log has the details."),
        _ => Problem(500, "Internal error", $"This is a bug ({TypeOf(exception)}); the log has the details."),
    };

    private static ProblemDetails Failed(BranchRecord branch)
    {
        var error = ErrorDto.From(branch.Error, withStack: false);
        return Problem(500, "The function failed", $"{error?.Type}: {error?.Message}",
            ("error", error), ("runId", branch.RunId), ("branchId", branch.BranchId), ("configId", branch.ConfigId), ("branchStatus", branch.Status));
    }

    private static ProblemDetails TimedOut(RunFailedException run, BranchTimedOutException timedOut) => Problem(
        504, "The run timed out", timedOut.Message,
        ("experiment", timedOut.Experiment), ("configId", timedOut.ConfigId), ("deadlineSeconds", timedOut.Deadline.TotalSeconds),
        ("runId", run.RunId), ("branchId", run.Branch?.BranchId), ("branchStatus", BranchStatus.TimedOut));

    private static ProblemDetails Problem(int status, string title, string detail, params (string Name, object? Value)[] members)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        foreach (var (name, value) in members)
            problem.Extensions[name] = value;

        return problem;
    }

    internal static bool IsBug(Exception exception) => exception is not (
        UnknownNameException or UnknownRunException or UnknownBranchException or RefusedException or StorageUnavailableException or TooManyFeedsException
        or BadRequestException or BadHttpRequestException or OverloadedException
        or ShuttingDownException or RunFailedException { TimedOut: not null } or RunFailedException { Branch: not null });

    private static string TypeOf(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogBug(ILogger logger, string method, string path, Exception exception);
}
