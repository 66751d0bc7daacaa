using System.Security.Cryptography;
using System.Text;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Runs;

/// <summary>
/// Runs that are carried out once, however often they are asked for with the same key: the store has a place for each, which is taken before the run,
/// and then its answer.
/// </summary>
internal sealed partial class IdempotentRuns(BranchRecords records, TimeProvider clock, ILogger<IdempotentRuns> logger)
{
    /// <summary>The largest answer that is kept, in bytes.</summary>
    public const int LargestAnswer = 1 << 20;

    private static readonly TimeSpan ReserveTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(2);

    private readonly RunsOfKeys _runs = new();

    /// <summary>The id of the run of a key: made of the SHA-256 of the experiment's name and the key, a UUID of version 8 (RFC 9562).</summary>
    public static Guid RunIdOf(string experiment, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"spearmint run\n{experiment}\n{key}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Runs, or answers as the run was answered.</summary>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">What must be the same when it comes again.</param>
    /// <param name="run">Carries the run out under an id. It is called at most once, and no caller who goes away ends it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RefusedException">The key has come with another request, or its answer is not to be had.</exception>
    /// <exception cref="StorageUnavailableException">The store is away, and nothing has run.</exception>
    public async Task<RunAnswerResult> RunAsync(
        string experiment, string key, byte[] fingerprint, Func<Guid, Task<RunAnswer>> run, CancellationToken cancellationToken)
    {
        var runId = RunIdOf(experiment, key);
        var (entry, isMine) = _runs.Enter(runId, fingerprint);
        Require(fingerprint, entry.Fingerprint, key);
        if (isMine)
            _ = CarryOutAsync(runId, key, entry, run);

        var answer = await entry.Answer.WaitAsync(cancellationToken);
        return new RunAnswerResult(runId, answer, isReplayed: !isMine || entry.IsStored);
    }

    private async Task CarryOutAsync(Guid runId, string key, RunOfKey entry, Func<Guid, Task<RunAnswer>> run)
    {
        try
        {
            var kept = await ReserveAsync(runId, entry.Fingerprint);
            Require(entry.Fingerprint, kept?.Fingerprint ?? entry.Fingerprint, key);
            if (kept is not null && (kept.Status is not null || !_runs.TakeBack(runId)))
            {
                entry.IsStored = true;
                var answer = Replay(runId, kept);
                _runs.Leave(runId);
                entry.End(answer);
            }
            else
            {
                var answer = await CarryOutAsync(runId, run);
                if (await KeepAsync(runId, answer))
                    _runs.Leave(runId);
                else
                    _runs.Remember(runId, answer.Body.Length);
                entry.End(answer);
            }
        }
        catch (Exception e)
        {
            _runs.Leave(runId);
            entry.Fail(e);
        }
    }

    private async Task<RunAnswer> CarryOutAsync(Guid runId, Func<Guid, Task<RunAnswer>> run)
    {
        try
        {
            return await run(runId);
        }
        catch (Exception e) when (e is OverloadedException or ShuttingDownException)
        {
            // a service that ends refuses what comes, and cuts short what has begun: only the first may try again
            if (e is OverloadedException || await records.HaveNothingOfAsync(runId))
                await ForgetAsync(runId);
            throw;
        }
    }

    private async Task<KeptAnswer?> ReserveAsync(Guid runId, byte[] fingerprint)
    {
        using var bound = new CancellationTokenSource(ReserveTime, clock);
        try
        {
            return await records.Store.ReserveAnswerAsync(runId, fingerprint, clock.GetUtcNow(), bound.Token);
        }
        catch (OperationCanceledException e) when (bound.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"The store has not taken the Idempotency-Key within {ReserveTime.TotalSeconds:0} s; nothing has run.", e);
        }
    }

    // a store that is slow keeps it later; until then it is remembered here
    private async Task<bool> KeepAsync(Guid runId, RunAnswer answer)
    {
        try
        {
            var body = answer.Body.Length <= LargestAnswer ? answer.Body : null;
            await Task.Run(() => records.Store.KeepAnswerAsync(runId, answer.Status, body, CancellationToken.None)).WaitAsync(KeepTime, clock);
            return true;
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
        {
            LogNotKept(runId, e);
            return false;
        }
    }

    private async Task ForgetAsync(Guid runId)
    {
        try
        {
            await Task.Run(() => records.Store.ForgetAnswerAsync(runId, CancellationToken.None)).WaitAsync(KeepTime, clock);
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
        {
            // the place is still taken, by a run that has not run
            _runs.GiveBack(runId);
            LogNotForgotten(runId, e);
        }
    }

    private static RunAnswer Replay(Guid runId, KeptAnswer kept) => kept switch
    {
        { Status: null } => throw new RefusedException(
            409, "No answer",
            $"Run {runId} was begun with this Idempotency-Key and has no answer: it is in progress elsewhere, or was cut short. GET /api/v1/runs/{runId} says what became of it; a new key runs it again."),
        { Body: null } => throw new RefusedException(
            409, "Answer too large",
            $"Run {runId} was answered with {kept.Status}, in more than the {LargestAnswer >> 20} MiB that are kept of an answer. GET /api/v1/runs/{runId} has its branches."),
        { Status: { } status, Body: { } body } => new RunAnswer(status, body),
    };

    private static void Require(byte[] fingerprint, byte[] first, string key)
    {
        if (!first.AsSpan().SequenceEqual(fingerprint))
            throw new RefusedException(422, "Another request", $"Idempotency-Key '{key}' has come with another body, key, config or deadline before. Use a new key for a new run.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to run {RunId} is not in the store: after the end of this process its key is answered with 409")]
    private partial void LogNotKept(Guid runId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} was refused, which is not in the store: after the end of this process its key is answered with 409")]
    private partial void LogNotForgotten(Guid runId, Exception exception);
}
