namespace Spearmint.Host.Api.Runs;

/// <summary>The runs of keys that are in progress here, and the few whose answer the store has not taken. For any number of callers at once.</summary>
internal sealed class RunsOfKeys
{
    private const int Most = 2000;
    private const long MostBytes = 64 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, RunOfKey> _runs = [];
    private readonly Queue<(Guid RunId, int Bytes)> _remembered = new();
    private readonly HashSet<Guid> _givenBack = [];
    private long _bytes;

    /// <summary>The run with an id, and whether it is the caller's to carry out.</summary>
    public (RunOfKey Run, bool IsMine) Enter(Guid runId, byte[] fingerprint)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(runId, out var run))
                return (run, false);

            _runs[runId] = run = new RunOfKey(fingerprint);
            return (run, true);
        }
    }

    /// <summary>Forgets a run; the store has what there is to know of it.</summary>
    public void Leave(Guid runId)
    {
        lock (_gate)
            _runs.Remove(runId);
    }

    /// <summary>Keeps a run in memory, as long as there is room.</summary>
    public void Remember(Guid runId, int bytes)
    {
        lock (_gate)
        {
            _remembered.Enqueue((runId, bytes));
            _bytes += bytes;
            while (_remembered.Count > Most || _bytes > MostBytes)
            {
                var (oldest, size) = _remembered.Dequeue();
                _runs.Remove(oldest);
                _bytes -= size;
            }
        }
    }

    /// <summary>The place of a run is taken in the store, and nothing has run.</summary>
    public void GiveBack(Guid runId)
    {
        lock (_gate)
        {
            if (_givenBack.Count < Most)
                _givenBack.Add(runId);
        }
    }

    /// <summary>Whether the place was given back here; it is the caller's then.</summary>
    public bool TakeBack(Guid runId)
    {
        lock (_gate)
            return _givenBack.Remove(runId);
    }
}

/// <summary>A run that was asked for with a key.</summary>
/// <param name="fingerprint">What the request is.</param>
internal sealed class RunOfKey(byte[] fingerprint)
{
    private readonly TaskCompletionSource<RunAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Fingerprint { get; } = fingerprint;

    /// <summary>Whether the run was carried out before, and the answer is that of the store. Known when there is an answer.</summary>
    public bool IsStored { get; set; }

    public Task<RunAnswer> Answer => _answer.Task;

    public void End(RunAnswer answer) => _answer.SetResult(answer);

    public void Fail(Exception exception)
    {
        _answer.SetException(exception);

        // nobody else may wait
        _ = _answer.Task.Exception;
    }
}
