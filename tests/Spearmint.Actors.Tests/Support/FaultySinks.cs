using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>Fails a number of times, then writes to another sink.</summary>
internal sealed class ThrowingSink(int times, IBranchSink? then = null) : IBranchSink
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) <= times)
            throw new IOException("the disk is full");
        return then?.WriteAsync(batch, cancellationToken) ?? Task.CompletedTask;
    }
}

/// <summary>Never comes back before its gate opens.</summary>
internal sealed class HangingSink(Gate gate) : IBranchSink
{
    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) => gate.Opened;
}

/// <summary>Writes to another sink once its gate is open.</summary>
internal sealed class GatedSink(Gate gate, IBranchSink then) : IBranchSink
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        await gate.Opened;
        await then.WriteAsync(batch, cancellationToken);
    }
}

/// <summary>Holds its thread before its gate opens.</summary>
internal sealed class BlockingSink(Gate gate) : IBranchSink
{
    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        gate.Block();
        return Task.CompletedTask;
    }
}

/// <summary>Is quick for a number of calls, and then holds its thread before its gate opens.</summary>
internal sealed class ThenBlockingSink(int quick, Gate gate) : IBranchSink
{
    private int _calls;

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) > quick)
            gate.Block();
        return Task.CompletedTask;
    }
}

/// <summary>Stays until it is told to leave by its token, and opens a gate then.</summary>
internal sealed class TokenSink(Gate told) : IBranchSink
{
    public Gate Inside { get; } = new();

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(told.Open);
        Inside.Open();
        await told.Opened;
    }
}
