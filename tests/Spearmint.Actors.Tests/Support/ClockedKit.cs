namespace Spearmint.Support;

/// <summary>An ActorSystem with Spearmint in it, whose time is moved by the test.</summary>
public abstract class ClockedKit : SpearmintKit
{
    protected ClockedKit()
        : this(new FakeClock())
    {
    }

    private ClockedKit(FakeClock clock)
        : base(clock) => Clock = clock;

    private protected FakeClock Clock { get; }
}
