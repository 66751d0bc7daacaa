using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>The recipe for an actor: kept, so that the actor can be made again after a failure.</summary>
public class Props
{
    private readonly IIndirectActorProducer _producer;

    private Props(Type type, object[] arguments, IIndirectActorProducer producer, SupervisorStrategy supervisorStrategy)
    {
        Type = type;
        Arguments = arguments;
        SupervisorStrategy = supervisorStrategy;
        _producer = producer;
    }

    public Type Type { get; }

    public object[] Arguments { get; }

    /// <summary>How the actor supervises its children, in place of what it says itself.</summary>
    public SupervisorStrategy SupervisorStrategy { get; }

    /// <param name="factory">Of the form <c>() => new SomeActor(arguments)</c>. The arguments are evaluated now, once.</param>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        object[] arguments = [.. creation.Arguments.Select(ExpressionValue.Of)];
        return new Props(typeof(TActor), arguments, new ConstructorProducer(constructor, arguments), supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        Create<TActor>().WithSupervisorStrategy(supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"[{type}] is not an actor", nameof(type));
        return new Props(type, args, new ActivatorProducer(type, args), null);
    }

    public static Props CreateBy<TProducer>(params object[] args) where TProducer : class, IIndirectActorProducer =>
        CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args), args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer.ActorType, args, producer, null);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(Type, Arguments, _producer, supervisorStrategy);

    internal ActorBase NewActor()
    {
        try
        {
            return _producer.Produce();
        }
        catch (Exception cause)
        {
            throw new TypeLoadException($"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", cause);
        }
    }

    internal void Release(ActorBase actor) => _producer.Release(actor);
}
