using Spearmint.Domain;

namespace Spearmint.Chaos.Sinks;

/// <summary>A sink that counts what it takes, and may do something worse first.</summary>
/// <param name="trouble">Called before each batch is taken.</param>
internal sealed class UnreliableSink(Func<Task> trouble) : IBranchSink
{
    private long _taken;

    /// <summary>Events that were taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        await trouble();
        Interlocked.Add(ref _taken, batch.Count(happened => happened is not EventsDropped));
    }

    /// <summary>Throws now and then, and now and then so often that the batch is given up.</summary>
    public static UnreliableSink Throwing(Random random)
    {
        var left = 0;
        return new UnreliableSink(() =>
        {
            if (left == 0 && random.Next(10) == 0)
                left = random.Next(1, 7);
            return left > 0 && left-- > 0 ? throw new IOException("the disk of this sink is full") : Task.CompletedTask;
        });
    }

    /// <summary>Is stuck for 200 ms now and then, every other time with its thread.</summary>
    public static UnreliableSink Stalling(Random random)
    {
        return new UnreliableSink(() => random.Next(20) switch { 0 => Task.Delay(200), 1 => Task.Run(Block), 2 => Block(), _ => Task.CompletedTask });

        static Task Block()
        {
            using var never = new ManualResetEventSlim();
            never.Wait(200);
            return Task.CompletedTask;
        }
    }

    /// <summary>Does not come back from some call on, nor from any after it.</summary>
    public static UnreliableSink Hanging(int after)
    {
        var calls = 0;
        return new UnreliableSink(() => ++calls > after ? Task.Delay(Timeout.Infinite) : Task.CompletedTask);
    }
}
