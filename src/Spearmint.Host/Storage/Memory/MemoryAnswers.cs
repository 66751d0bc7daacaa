namespace Spearmint.Host.Storage.Memory;

/// <summary>The latest answers to runs that were asked for with a key.</summary>
internal sealed class MemoryAnswers
{
    /// <summary>How many are kept.</summary>
    public const int Most = 2000;

    private const long MostBytes = 64 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, KeptAnswer> _answers = [];
    private readonly Queue<Guid> _oldestFirst = new();
    private long _bytes;

    /// <returns>What is there already; null where the place is the caller's.</returns>
    public KeptAnswer? Reserve(Guid runId, byte[] fingerprint)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(runId, out var kept))
                return kept;

            _answers[runId] = new KeptAnswer(fingerprint, Status: null, Body: null);
            _oldestFirst.Enqueue(runId);
            MakeRoom();
            return null;
        }
    }

    public void Keep(Guid runId, int status, byte[]? body)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(runId, out var reserved))
                return;

            _answers[runId] = reserved with { Status = status, Body = body };
            _bytes += body?.Length ?? 0;
            MakeRoom();
        }
    }

    public void Forget(Guid runId)
    {
        lock (_gate)
            Remove(runId);
    }

    // an id that was forgotten may still be in the queue, and then counts as one
    private void MakeRoom()
    {
        while (_oldestFirst.Count > Most || _bytes > MostBytes)
            Remove(_oldestFirst.Dequeue());
    }

    private void Remove(Guid runId)
    {
        if (_answers.Remove(runId, out var gone))
            _bytes -= gone.Body?.Length ?? 0;
    }
}
