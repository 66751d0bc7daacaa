using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Resolves from .NET's own container.</summary>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    public IServiceProvider ServiceProvider { get; } = serviceProvider;

    public T GetService<T>() => ServiceProvider.GetService<T>()!;

    public object GetService(Type type) => ServiceProvider.GetService(type)!;

    public Props Props(Type type) => Props(type, []);

    public Props Props(Type type, params object[] args) => Actor.Props.CreateBy(new Producer(ServiceProvider, type, args));

    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);

    private sealed class Producer(IServiceProvider services, Type type, object[] arguments) : IIndirectActorProducer
    {
        public Type ActorType => type;

        public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(services, type, arguments);

        public void Release(ActorBase actor)
        {
        }
    }
}
