using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Event;

namespace Akka.Actor;

internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly TimerQueueScheduler _scheduler;
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly RootActorPath _rootPath;
    private readonly LocalActorRef _root;
    private LocalActorRef _user;
    private LocalActorRef _system;

    public ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException($"Invalid ActorSystem name [{name}]: letters, digits, '-' and '_' only, and it starts with a letter or a digit.", nameof(name));
        Name = name;
        Settings = new Settings(this, setup);
        EventStream = new EventStream(setup.Get<LoggingSetup>().GetOrElse(LoggingSetup.Default).LogLevel);
        Log = Logging.GetLogger(EventStream, this);
        _scheduler = new TimerQueueScheduler(Log);
        _rootPath = new RootActorPath(new Address("akka", name));
        TemporaryPath = _rootPath.Child("temp");
        DeadLetters = new DeadLetterActorRef(this, _rootPath.Child("deadLetters"));
        _root = new LocalActorRef(this, Props.Create<RootGuardian>(), new TheOneAboveTheRoot(this, _rootPath), _rootPath);
    }

    public override string Name { get; }

    /// <summary>Where askers live.</summary>
    public ActorPath TemporaryPath { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters { get; }

    public override IScheduler Scheduler => _scheduler;

    public override ILoggingAdapter Log { get; }

    public override Task WhenTerminated => _terminated.Task;

    public void Start()
    {
        _root.Start();
        _system = StartGuardian(Props.Create<Guardian>(), "system");
        _user = StartGuardian(Props.Create<Guardian>(), "user");
        LoggerStarter.Start(this, Settings.Setup.Get<LoggingSetup>().GetOrElse(LoggingSetup.Default));
        ((IActorRef)_root).Tell(new RootGuardian.Guard(_user, _system), ActorRefs.NoSender);
    }

    public override IActorRef ActorOf(Props props, string name = null) => _user.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string name = null) => _system.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => new(_root, actorPath.ToStringWithoutAddress());

    public override ActorSelection ActorSelection(string actorPath)
    {
        var address = _rootPath.Address.ToString();
        return new ActorSelection(_root, actorPath.StartsWith(address, StringComparison.Ordinal) ? actorPath[address.Length..] : actorPath);
    }

    public override void Stop(IActorRef actor)
    {
        var cell = (actor as LocalActorRef)?.Cell.Parent is LocalActorRef parent ? parent.Cell : _user.Cell;
        cell.Stop(actor);
    }

    public override Task Terminate() => CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);

    /// <summary>Stops the actors: the user's first, then the system's own.</summary>
    public void StopActors() => _user.Stop();

    public void OnActorsStopped()
    {
        _scheduler.Stop();
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception cause)
            {
                EventStream.Publish(new Error(cause, Name, typeof(ActorSystem), "A termination callback threw"));
            }
        }

        _terminated.TrySetResult();
    }

    public override void RegisterOnTermination(Action code)
    {
        if (_terminated.Task.IsCompleted)
            throw new InvalidOperationException("ActorSystem already terminated.");
        _onTermination.Push(code);
    }

    public void DeadLetter(Envelope envelope, IActorRef recipient)
    {
        // One that was on its way to somebody who reads dead letters is not news.
        if (envelope.Message is AllDeadLetters)
            return;
        var sender = envelope.Sender ?? DeadLetters;
        EventStream.Publish(envelope.Message is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, sender, recipient)
            : new DeadLetter(envelope.Message, sender, recipient));
    }

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;

    public override object GetExtension(IExtensionId extensionId) => TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null;

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null;

    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var lazy) ? lazy.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        TryGetExtension(typeof(T), out var found);
        extension = (T)found;
        return extension is not null;
    }

    public override string ToString() => _rootPath.Address.ToString();

    private LocalActorRef StartGuardian(Props props, string name)
    {
        var guardian = _root.Cell.Children.Add(props, name);
        guardian.Start();
        return guardian;
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$")]
    private static partial Regex ValidName();
}
