namespace Spearmint.Support;

/// <summary>A clock that counts how often it is looked at.</summary>
internal sealed class CountingClock(TimeProvider clock) : TimeProvider
{
    public int Looks { get; private set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp()
    {
        Looks++;
        return clock.GetTimestamp();
    }
}
