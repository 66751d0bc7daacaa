using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>
/// The children of one actor by name. The system's guardian gets children from any thread and selections look names up from any thread, so
/// there is a lock; it is taken when an actor is born, looked up or dies, never for a message.
/// </summary>
internal sealed class Children(ActorCell owner)
{
    private readonly Lock _gate = new();
    private Dictionary<string, ChildRestartStats> _byName;
    private long _generatedNames;
    private bool _closed;

    public bool AnyStopping
    {
        get
        {
            if (_byName is null)
                return false;
            lock (_gate)
            {
                foreach (var record in _byName.Values)
                {
                    if (record.IsStopping)
                        return true;
                }

                return false;
            }
        }
    }

    public LocalActorRef Add(Props props, string name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null && !ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(name.Length == 0
                ? "Actor name must not be empty."
                : $"Illegal actor name [{name}]. It must not start with `$` and may contain only ASCII letters, digits and {ActorPath.ValidSymbols}");
        }

        lock (_gate)
        {
            if (_closed)
                throw new InvalidOperationException("Cannot create children while terminating or terminated");
            name ??= GenerateName(_generatedNames++);
            _byName ??= [];
            if (_byName.ContainsKey(name))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var path = new ChildActorPath(owner.Self.Path, name, Random.Shared.Next(1, int.MaxValue));
            var child = new LocalActorRef(owner.System, props, (IInternalActorRef)owner.Self, path);
            _byName.Add(name, new ChildRestartStats(child));
            return child;
        }
    }

    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    public LocalActorRef Find(string name)
    {
        lock (_gate)
            return _byName is not null && _byName.TryGetValue(name, out var record) ? record.Child : null;
    }

    public bool TryGet(IActorRef child, [NotNullWhen(true)] out ChildRestartStats record)
    {
        record = null;
        lock (_gate)
            return _byName is not null && _byName.TryGetValue(child.Path.Name, out record) && record.Child.Equals(child);
    }

    public void MarkStopping(IActorRef child)
    {
        if (TryGet(child, out var record))
            record.IsStopping = true;
    }

    public bool Remove(IActorRef child)
    {
        if (!TryGet(child, out _))
            return false;
        lock (_gate)
            return _byName.Remove(child.Path.Name);
    }

    public LocalActorRef[] ToArray()
    {
        if (_byName is null)
            return [];
        lock (_gate)
            return [.. _byName.Values.Select(record => record.Child)];
    }

    public ChildRestartStats[] Records()
    {
        lock (_gate)
            return [.. _byName.Values];
    }

    /// <summary>$a, $b, ... $~, $aa: as short as it can be and never what a user may choose.</summary>
    private static string GenerateName(long number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> name = stackalloc char[12];
        name[0] = '$';
        var length = 1;
        do
        {
            name[length++] = Digits[(int)(number % Digits.Length)];
            number /= Digits.Length;
        }
        while (number > 0);
        return new string(name[..length]);
    }
}
