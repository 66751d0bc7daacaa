using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>Fails a number of times, then writes to another sink.</summary>
internal sealed class ThrowingSink(int times, IBranchSink? then = null) : IBranchSink
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) <= times)
            throw new IOException("the disk is full");
        return then?.WriteAsync(batch, cancellationToken) ?? Task.CompletedTask;
    }
}

/// <summary>Never comes back before its gate opens.</summary>
internal sealed class HangingSink(Gate gate) : IBranchSink
{
    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken) => gate.Opened;
}

/// <summary>Holds its thread before its gate opens.</summary>
internal sealed class BlockingSink(Gate gate) : IBranchSink
{
    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
    {
        gate.Block();
        return Task.CompletedTask;
    }
}
