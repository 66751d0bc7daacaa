using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore<T>(true, null, duration, hint, cancellationToken));

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, Equal(message), timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, Fulfils(isMessage, hint), timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore<T>(true, (message, _) => assert(message), timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, Fulfils(isMessageAndSender, hint), timeout, hint, cancellationToken));

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, assertMessageAndSender, timeout, hint, cancellationToken));

    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, Fulfils<T>(message => comparer(expected, message), hint), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore<T>(false, null, duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, Equal(message), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, Fulfils(isMessage, hint), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore<T>(false, (message, _) => assert(message), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, Fulfils(isMessageAndSender, hint), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, assertMessageAndSender, timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, Fulfils<T>(message => comparer(expected, message), hint), timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore<T>(true, From<T>(sender, null), duration, hint, cancellationToken));

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, From(sender, Equal(message)), timeout, hint, cancellationToken));

    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, From(sender, Fulfils(isMessage, hint)), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore<T>(false, From<T>(sender, null), duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, From(sender, Equal(message)), timeout, hint, cancellationToken);

    /// <summary>Waits for as many messages as are given, which may come in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectMsgAllOf(RemainingOrDefault, messages, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectMsgAllOf(max, (IReadOnlyCollection<T>)messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
    {
        var received = ReceiveN(messages.Count, max, cancellationToken);
        var missing = messages.Cast<object>().Except(received).ToArray();
        var unexpected = received.Except(messages.Cast<object>()).ToArray();
        if (missing.Length > 0 || unexpected.Length > 0)
            Fail($"Not found [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}]");
        return [.. received.Cast<T>()];
    }

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, AnyOf(messages), null, null, cancellationToken));

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ExpectCore(false, AnyOf(messages), null, null, cancellationToken);

    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Completed(ExpectNoneCore(true, null, cancellationToken));

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Completed(ExpectNoneCore(true, duration, cancellationToken));

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => await ExpectNoneCore(false, null, cancellationToken);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => await ExpectNoneCore(false, duration, cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Completed(ExpectCore(true, DeathOf(target, hint), timeout, hint, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(false, DeathOf(target, hint), timeout, hint, cancellationToken);

    private static Action<T, IActorRef> Equal<T>(T expected) => (message, _) => Check(Equals(expected, message), $"Expected [{expected}], got [{message}].");

    private static Action<T, IActorRef> Fulfils<T>(Predicate<T> condition, string hint) =>
        (message, _) => Check(condition(message), $"The message [{message}] is not as expected. {hint}");

    private static Action<T, IActorRef> Fulfils<T>(Func<T, IActorRef, bool> condition, string hint) =>
        (message, sender) => Check(condition(message, sender), $"The message [{message}] from [{sender}] is not as expected. {hint}");

    private static Action<T, IActorRef> AnyOf<T>(IEnumerable<T> messages) =>
        (message, _) => Check(messages.Contains(message), $"The message [{message}] is none of [{string.Join(", ", messages)}].");

    private static Action<Terminated, IActorRef> DeathOf(IActorRef target, string hint) =>
        (message, _) => Check(message.ActorRef.Equals(target), $"Expected the death of [{target}], not [{message}]. {hint}");

    private static Action<T, IActorRef> From<T>(IActorRef expected, Action<T, IActorRef> assert) => (message, sender) =>
    {
        Check(expected.Equals(sender), $"Expected a message from [{expected}], got [{message}] from [{sender}].");
        assert?.Invoke(message, sender);
    };

    private static void Check(bool condition, string message)
    {
        if (!condition)
            Fail(message);
    }

    private async ValueTask<T> ExpectCore<T>(bool blocking, Action<T, IActorRef> assert, TimeSpan? timeout, string hint, CancellationToken cancellationToken)
    {
        var envelope = await TakeCore(blocking, timeout, cancellationToken);
        if (envelope is NullMessageEnvelope)
            Fail($"Timeout {RemainingOrDilated(timeout)} while waiting for a message of type {typeof(T)}. {hint}");
        if (envelope.Message is not T)
            Fail($"Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message.GetType()}) instead. {hint}");
        var message = (T)envelope.Message;
        assert?.Invoke(message, envelope.Sender);
        return message;
    }

    private async ValueTask<Done> ExpectNoneCore(bool blocking, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var envelope = await TakeCore(blocking, duration, cancellationToken);
        if (envelope is not NullMessageEnvelope)
            Fail($"Expected no messages during the duration, instead we received {envelope}");
        return Done.Instance;
    }
}
