using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>One aspect of how a system is to be started, as an object.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>At most one setup of each type.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new([]);

    private readonly Dictionary<Type, Setup> _setups;

    private ActorSystemSetup(Dictionary<Type, Setup> setups) => _setups = setups;

    public static ActorSystemSetup Create(params Setup[] setup) => setup.Aggregate(Empty, (all, each) => all.WithSetup(each));

    public Option<T> Get<T>() where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? new Option<T>((T)setup) : Option<T>.None;

    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => new(new Dictionary<Type, Setup>(_setups) { [setup.GetType()] = setup });

    public ActorSystemSetup And<T>(T setup) where T : Setup => WithSetup(setup);

    public override string ToString() => $"ActorSystemSetup({string.Join(", ", _setups.Keys.Select(type => type.Name))})";
}
