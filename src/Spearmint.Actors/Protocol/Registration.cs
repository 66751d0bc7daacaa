using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Protocol;

/// <summary>Registers a strategy under a name and starts its supervisor. Told to the root actor.</summary>
/// <remarks>Answered with <see cref="StrategyRegistered"/>, or with a <see cref="NameTakenException"/> or whatever the factory threw.</remarks>
/// <param name="Name">A name that is not taken.</param>
/// <param name="Strategy">Makes the instance that the supervisor owns. Its own name is what branches and events show.</param>
public sealed record RegisterStrategy(string Name, Strategy Strategy)
{
    /// <summary>Registers a strategy whose branches show the name that it is registered under.</summary>
    /// <param name="name">A name that is not taken.</param>
    /// <param name="create">Makes the instance that the supervisor owns.</param>
    public RegisterStrategy(string name, Func<IStrategy> create)
        : this(name, new Strategy(name, create))
    {
    }

    /// <summary>The settings to start with.</summary>
    public StrategySettings Settings { get; init; } = StrategySettings.Default;

    /// <summary>Throws when the strategy cannot run with some settings.</summary>
    internal Action<StrategySettings>? Check { get; init; }
}

/// <summary>A strategy has been registered.</summary>
/// <param name="Name">The name it is registered under.</param>
/// <param name="Supervisor">The actor that runs it: may be told <see cref="RunExperiment"/> and <see cref="GatherShadows"/>.</param>
public sealed record StrategyRegistered(string Name, IActorRef Supervisor);

/// <summary>Looks a registered strategy up. Told to the root actor.</summary>
/// <remarks>Answered with <see cref="StrategyFound"/>, or with an <see cref="UnknownNameException"/>.</remarks>
/// <param name="Name">The name it is registered under.</param>
public sealed record FindStrategy(string Name);

/// <summary>A registered strategy.</summary>
/// <param name="Name">The name it is registered under.</param>
/// <param name="Supervisor">The actor that runs it.</param>
public sealed record StrategyFound(string Name, IActorRef Supervisor);

/// <summary>Asks for the names of the registered strategies. Told to the root actor; answered with <see cref="StrategyList"/>.</summary>
public sealed record ListStrategies
{
    /// <summary>The message.</summary>
    public static ListStrategies Instance { get; } = new();
}

/// <summary>The registered strategies.</summary>
/// <param name="Names">Their names, in the order of their registration.</param>
public sealed record StrategyList(IReadOnlyList<string> Names);
