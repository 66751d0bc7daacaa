using System.Collections;
using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Hosting;

public class ActorRegistryException : Exception
{
    public ActorRegistryException(string message)
        : base(message)
    {
    }

    public ActorRegistryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The key has an actor already.</summary>
public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    public DuplicateActorRegistryException(string message)
        : base(message)
    {
    }

    public DuplicateActorRegistryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The key has no actor.</summary>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    public MissingActorRegistryEntryException(string message)
        : base(message)
    {
    }

    public MissingActorRegistryEntryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Finds actors by a type that stands for them.</summary>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    bool TryGet<TKey>(out IActorRef actor);

    bool TryGet(Type key, out IActorRef actor);

    IActorRef Get<TKey>();

    /// <summary>Waits until somebody registers the actor.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);

    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}

public interface IActorRegistry : IReadOnlyActorRegistry
{
    void Register<TKey>(IActorRef actor, bool overwrite = false);

    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);

    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}

/// <inheritdoc cref="IActorRegistry"/>
public class ActorRegistry : IActorRegistry, IExtension
{
    private readonly ConcurrentDictionary<Type, TaskCompletionSource<IActorRef>> _entries = new();

    public static ActorRegistry For(ActorSystem actorSystem) => actorSystem.WithExtension<ActorRegistry, ActorRegistryExtension>();

    public void Register<TKey>(IActorRef actor, bool overwrite = false)
    {
        if (!TryRegister<TKey>(actor, overwrite))
            throw new DuplicateActorRegistryException($"An actor for key [{typeof(TKey)}] has been registered already.");
    }

    public bool TryRegister<TKey>(IActorRef actor, bool overwrite = false) => TryRegister(typeof(TKey), actor, overwrite);

    public bool TryRegister(Type key, IActorRef actor, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Entry(key).TrySetResult(actor))
            return true;
        if (!overwrite)
            return false;
        var replacement = NewEntry();
        replacement.SetResult(actor);
        _entries[key] = replacement;
        return true;
    }

    public bool TryGet<TKey>(out IActorRef actor) => TryGet(typeof(TKey), out actor);

    public bool TryGet(Type key, out IActorRef actor)
    {
        // Akka's own declaration promises an actor in any case, and keeps the promise only with true.
        var found = _entries.TryGetValue(key, out var entry) ? Registered(entry) : null;
        actor = found!;
        return found is not null;
    }

    public IActorRef Get<TKey>() => TryGet<TKey>(out var actor)
        ? actor
        : throw new MissingActorRegistryEntryException($"No actor registered for key [{typeof(TKey)}]");

    public Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default) => GetAsync(typeof(TKey), ct);

    public Task<IActorRef> GetAsync(Type key, CancellationToken ct = default) => Entry(key).Task.WaitAsync(ct);

    public IEnumerator<KeyValuePair<Type, IActorRef>> GetEnumerator()
    {
        foreach (var (key, entry) in _entries)
        {
            if (Registered(entry) is { } actor)
                yield return KeyValuePair.Create(key, actor);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IActorRef? Registered(TaskCompletionSource<IActorRef> entry) => entry.Task.IsCompletedSuccessfully ? entry.Task.GetAwaiter().GetResult() : null;

    private static TaskCompletionSource<IActorRef> NewEntry() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource<IActorRef> Entry(Type key) => _entries.GetOrAdd(key, _ => NewEntry());
}

public sealed class ActorRegistryExtension : ExtensionIdProvider<ActorRegistry>
{
    public override ActorRegistry CreateExtension(ExtendedActorSystem system) => new();
}
