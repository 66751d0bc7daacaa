using System.Diagnostics;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>When the innermost <c>Within</c> ends.</summary>
    private TimeSpan? _end;

    /// <summary>What is left of the <c>Within</c> that this is in.</summary>
    public TimeSpan Remaining => _end is { } end ? NotNegative(end - Now) : throw new InvalidOperationException("Remaining may not be called outside of Within.");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(SingleExpectDefault));

    public TimeSpan Dilated(TimeSpan duration) => duration;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is not { } given ? RemainingOrDefault
        : given == Timeout.InfiniteTimeSpan || given >= TimeSpan.Zero ? Dilated(given)
        : throw new ArgumentException("A wait is finite and not negative, or Timeout.InfiniteTimeSpan.", nameof(duration));

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(
            min,
            max,
            () =>
            {
                action();
                return Done.Instance;
            },
            hint,
            epsilonValue,
            cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Completed(WithinCore(min, max, () => Task.FromResult(function()), hint, epsilonValue));

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(
            min,
            max,
            async () =>
            {
                await actionAsync();
                return Done.Instance;
            },
            hint,
            epsilonValue,
            cancellationToken);

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore(min, max, function, hint, epsilonValue).AsTask();

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? NotNegative(end - Now) : duration;

    /// <summary>Gives the result of a wait that has blocked, and so is over.</summary>
    private protected static T Completed<T>(ValueTask<T> completed)
    {
        Debug.Assert(completed.IsCompleted, "A blocking wait must not have gone on elsewhere.");
        return completed.GetAwaiter().GetResult();
    }

    private static TimeSpan NotNegative(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private async ValueTask<T> WithinCore<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint, TimeSpan? epsilonValue)
    {
        var start = Now;
        var outer = _end;
        var limit = RemainingOr(max) < Dilated(max) ? RemainingOr(max) : Dilated(max);
        if (limit < min)
            Fail($"Required min time {min} not possible, only {limit} left. {hint}");
        _end = start + limit;
        T result;
        try
        {
            result = await function();
        }
        finally
        {
            _end = outer;
        }

        var elapsed = Now - start;
        if (elapsed < min)
            Fail($"Block took {elapsed}, should have at least been {min}. {hint}");
        if (elapsed > limit + (epsilonValue ?? TimeSpan.Zero))
            Fail($"Block took {elapsed}, exceeding {limit}. {hint}");
        return result;
    }
}
