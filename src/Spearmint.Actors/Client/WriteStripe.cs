namespace Spearmint.Client;

/// <summary>What the writes of some keys share: one of them at a time has it.</summary>
internal sealed class WriteStripe() : SemaphoreSlim(1, 1)
{
    private long _endedAt;

    /// <summary>Takes it without waiting, if nobody has it.</summary>
    public bool TryTake() => Wait(0);

    /// <summary>Gives it back.</summary>
    public void End(DateTimeOffset now)
    {
        Volatile.Write(ref _endedAt, now.UtcTicks);
        Release();
    }

    /// <summary>Whether somebody has it, or had it at a time or after it.</summary>
    public bool IsBusySince(DateTimeOffset since) => CurrentCount == 0 || Volatile.Read(ref _endedAt) >= since.UtcTicks;
}
