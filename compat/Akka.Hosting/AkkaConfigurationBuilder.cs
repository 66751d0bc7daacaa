using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>Collects what a system is to be started with.</summary>
public sealed class AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
{
    public readonly HashSet<Setup> Setups = [];

    private readonly HashSet<Type> _extensions = [];
    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];

    internal string ActorSystemName { get; } = actorSystemName;

    internal IServiceCollection ServiceCollection { get; } = serviceCollection;

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) => StartActors((system, registry, _) => starter(system, registry));

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) => StartActors((system, registry, resolver) =>
    {
        starter(system, registry, resolver);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder StartActors(ActorStarter starter) => StartActors((system, registry, _) => starter(system, registry));

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        _starters.Add(starter);
        return this;
    }

    /// <summary>Runs once all actors have been started.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => AddStartup((system, registry) =>
    {
        startupTask(system, registry);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        _startupTasks.Add(startupTask);
        return this;
    }

    public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => WithExtensions(typeof(T));

    /// <param name="extensions">Types of extension ids with a constructor without parameters.</param>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var type in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(type))
                throw new ConfigurationException($"Type must extend {nameof(IExtensionId)}: [{type}]");
            _extensions.Add(type);
        }

        return this;
    }

    internal ActorSystem CreateSystem(IServiceProvider services)
    {
        Setup[] setups = [.. Setups, BootstrapSetup.Create(), DependencyResolverSetup.Create(services)];
        var system = ActorSystem.Create(ActorSystemName, ActorSystemSetup.Create(setups));
        foreach (var type in _extensions)
            system.RegisterExtension((IExtensionId)Activator.CreateInstance(type)!);
        return system;
    }

    internal async Task StartAsync(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        var resolver = DependencyResolver.For(system).Resolver;
        foreach (var starter in _starters)
            await starter(system, registry, resolver);
        foreach (var startupTask in _startupTasks)
            await startupTask(system, registry);
    }
}
