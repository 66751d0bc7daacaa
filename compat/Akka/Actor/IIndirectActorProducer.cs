using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes actors in a way of its own, from a container for example.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}

/// <summary>Picks the constructor by the arguments, every time.</summary>
internal sealed class ActivatorProducer(Type type, object[] arguments) : IIndirectActorProducer
{
    public Type ActorType => type;

    public ActorBase Produce() =>
        (ActorBase)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, arguments, null);

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>Calls a constructor that is known.</summary>
internal sealed class ConstructorProducer(ConstructorInfo constructor, object[] arguments) : IIndirectActorProducer
{
    private readonly ConstructorInvoker _invoker = ConstructorInvoker.Create(constructor);

    public Type ActorType => constructor.DeclaringType;

    public ActorBase Produce()
    {
        try
        {
            return (ActorBase)_invoker.Invoke(arguments.AsSpan());
        }
        catch (Exception cause)
        {
            // As reflection has it, so that a failure looks the same however the props were made.
            throw new TargetInvocationException(cause);
        }
    }

    public void Release(ActorBase actor)
    {
    }
}
