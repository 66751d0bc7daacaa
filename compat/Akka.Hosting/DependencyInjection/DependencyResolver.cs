using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.DependencyInjection;

/// <summary>Says which container a system's actors are made with.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver dependencyResolver) => DependencyResolver = dependencyResolver;

    public IDependencyResolver DependencyResolver { get; }

    public static DependencyResolverSetup Create(IServiceProvider provider) => new(new ServiceProviderDependencyResolver(provider));

    public static DependencyResolverSetup Create(IDependencyResolver provider) => new(provider);
}

/// <summary>Recipes for actors whose dependencies come from the container.</summary>
public sealed class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    public IDependencyResolver Resolver { get; } = resolver;

    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    public Props Props<T>() where T : ActorBase => Resolver.Props<T>();

    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);

    public Props Props(Type type) => Resolver.Props(type);

    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}

public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    public override DependencyResolver CreateExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<DependencyResolverSetup>();
        return setup.HasValue
            ? new DependencyResolver(setup.Value.DependencyResolver)
            : throw new ConfigurationException($"Unable to find [{nameof(DependencyResolverSetup)}] in the system's [{nameof(ActorSystemSetup)}].");
    }
}
