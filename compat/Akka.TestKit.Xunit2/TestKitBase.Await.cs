namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries until the assertion no longer throws; if time runs out, throws what it threw last.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Completed(AwaitAssertCore(true, Asynchronous(assertion), duration, interval, cancellationToken));

    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(Asynchronous(assertion), duration, interval, cancellationToken);

    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertCore(false, assertion, duration, interval, cancellationToken).AsTask();

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        FailUnless(Completed(AwaitConditionCore(true, Asynchronous(conditionIsFulfilled), RemainingOrDilated(max), interval, cancellationToken)), message);

    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Completed(AwaitConditionCore(true, Asynchronous(conditionIsFulfilled), max, interval, cancellationToken));

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Asynchronous(conditionIsFulfilled), null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Asynchronous(conditionIsFulfilled), max, null, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Asynchronous(conditionIsFulfilled), max, interval, message, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        FailUnless(await AwaitConditionCore(false, conditionIsFulfilled, RemainingOrDilated(max), interval, cancellationToken), message);

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitConditionCore(false, conditionIsFulfilled, max, interval, cancellationToken).AsTask();

    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitConditionNoThrowAsync(Asynchronous(conditionIsFulfilled), max, interval, cancellationToken);

    private static Func<Task> Asynchronous(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Func<Task<bool>> Asynchronous(Func<bool> condition) => () => Task.FromResult(condition());

    private static void FailUnless(bool fulfilled, string message)
    {
        if (!fulfilled)
            Fail($"Timeout while waiting for a condition. {message}");
    }

    private static async ValueTask Pause(bool blocking, TimeSpan interval, CancellationToken cancellationToken)
    {
        if (!blocking)
            await Task.Delay(interval, cancellationToken);
        else if (cancellationToken.WaitHandle.WaitOne(interval))
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async ValueTask<Done> AwaitAssertCore(bool blocking, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var end = Now + RemainingOrDilated(duration);
        var pause = interval ?? DefaultInterval;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await assertion();
                return Done.Instance;
            }
            catch (Exception) when (Now + pause < end)
            {
                // Another try. When there is no time for one, this does not catch.
            }

            await Pause(blocking, pause, cancellationToken);
        }
    }

    private async ValueTask<bool> AwaitConditionCore(bool blocking, Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var end = Now + max;
        while (!await condition())
        {
            if (Now >= end)
                return false;
            await Pause(blocking, interval ?? DefaultInterval, cancellationToken);
        }

        return true;
    }
}
