using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>The container as actors see it.</summary>
public interface IDependencyResolver
{
    T GetService<T>();

    object GetService(Type type);

    Props Props(Type type);

    /// <param name="args">Constructor arguments that the container does not know; the others come from it.</param>
    Props Props(Type type, params object[] args);

    Props Props<T>(params object[] args) where T : ActorBase;
}
