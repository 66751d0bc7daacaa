namespace Spearmint.Chaos;

/// <summary>What the process holds after a full collection.</summary>
/// <param name="Megabytes">Memory in use.</param>
/// <param name="QueuedEvents">Events that wait for a sink, and are entitled to some of it.</param>
internal readonly record struct MemoryCheck(double Megabytes, long QueuedEvents)
{
    private const double Bound = 128;
    private const double Growth = 16;

    // an event that waits for a sink, with its share of the branch that it belongs to
    private const double MegabytesPerEvent = 0.0006;

    private double EventMegabytes => QueuedEvents * MegabytesPerEvent;

    public static MemoryCheck Take(long queuedEvents)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new MemoryCheck(GC.GetTotalMemory(forceFullCollection: true) / 1e6, queuedEvents);
    }

    public void CheckAfter(MemoryCheck middle, Findings findings)
    {
        var (end, allowed) = (this, EventMegabytes + Bound);
        findings.Expect(Megabytes <= allowed, "memory is above its bound", () => $"{end}");
        var growth = Growth + Math.Max(0, EventMegabytes - middle.EventMegabytes);
        findings.Expect(Megabytes <= middle.Megabytes + growth, "memory grows", () => $"{middle} in the middle, {end} at the end");
    }

    public override string ToString() => $"{Megabytes:0.0} MB with {QueuedEvents} events that wait for sinks";
}
