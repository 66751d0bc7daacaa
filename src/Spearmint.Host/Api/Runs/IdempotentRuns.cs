using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Runs;

/// <summary>Runs that are carried out once, however often they are asked for with the same key.</summary>
internal sealed class IdempotentRuns(BranchRecords records)
{
    /// <summary>How many answers are remembered; older ones are read from the store.</summary>
    public const int Most = 2000;

    // what is larger is read from the store
    private const int LargestAnswer = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly Queue<Guid> _ended = new();

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
    /// <param name="replayed">Is called where the answer is one that was given before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RefusedException">The key has come with another body.</exception>
    public async Task<RunAnswerDto> RunAsync(
        string experiment, string key, byte[] fingerprint, Func<Guid, Task<RunAnswerDto>> run, Action replayed, CancellationToken cancellationToken)
    {
        var runId = RunIdOf(experiment, key);
        Entry? mine = null;
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(runId, out entry!))
                _entries[runId] = entry = mine = new Entry(fingerprint);
        }

        if (!entry.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            throw new RefusedException(422, "Another request", $"Idempotency-Key '{key}' has come with another body, key, config or deadline before. Use a new key for a new run.");

        if (mine is not null)
            _ = CarryOutAsync(runId, mine, run);
        try
        {
            var answer = await entry.Answer.WaitAsync(cancellationToken);
            if (mine is null || entry.IsStored)
                replayed();

            return answer ?? await StoredAsync(runId) ?? throw new UnknownRunException(runId);
        }
        catch (RunFailedException) when (mine is null || entry.IsStored)
        {
            replayed();
            throw;
        }
    }

    private async Task CarryOutAsync(Guid runId, Entry entry, Func<Guid, Task<RunAnswerDto>> run)
    {
        try
        {
            // a run from before the start, or one that is remembered no more
            entry.IsStored = true;
            if (await StoredAsync(runId) is not { } answer)
            {
                entry.IsStored = false;
                answer = await run(runId);
            }

            entry.End(answer, isKept: IsSmall(answer));
            Remember(runId);
        }
        catch (RunFailedException e)
        {
            // it was carried out: that is the answer for ever
            entry.Fail(e);
            Remember(runId);
        }
        catch (Exception e)
        {
            // nothing has run: the next may try
            lock (_gate)
                _entries.Remove(runId);
            entry.Fail(e);
        }
    }

    private async Task<RunAnswerDto?> StoredAsync(Guid runId)
    {
        await records.FlushAsync();
        return StoredAnswer.Of(await records.Store.GetRunAsync(runId, CancellationToken.None));
    }

    private void Remember(Guid runId)
    {
        lock (_gate)
        {
            _ended.Enqueue(runId);
            if (_ended.Count > Most)
                _entries.Remove(_ended.Dequeue());
        }
    }

    private static bool IsSmall(RunAnswerDto answer) => JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Options).Length <= LargestAnswer;

    private sealed class Entry(byte[] fingerprint)
    {
        private TaskCompletionSource<RunAnswerDto?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Fingerprint { get; } = fingerprint;

        /// <summary>Whether the run was carried out before, and the answer is that of the store. Known when there is an answer.</summary>
        public bool IsStored { get; set; }

        /// <summary>The answer; null where it is not kept here.</summary>
        public Task<RunAnswerDto?> Answer => _answer.Task;

        /// <summary>Answers those who wait, and keeps the answer for others where it may be kept.</summary>
        public void End(RunAnswerDto answer, bool isKept)
        {
            var waiting = _answer;
            if (!isKept)
            {
                _answer = new TaskCompletionSource<RunAnswerDto?>();
                _answer.SetResult(null);
            }

            waiting.SetResult(answer);
        }

        public void Fail(Exception exception)
        {
            _answer.SetException(exception);

            // nobody else may wait
            _ = _answer.Task.Exception;
        }
    }
}
