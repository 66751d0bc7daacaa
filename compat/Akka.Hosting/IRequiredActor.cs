using Akka.Actor;

namespace Akka.Hosting;

/// <summary>An actor from the registry, to be injected.</summary>
public interface IRequiredActor<TActor>
{
    IActorRef ActorRef { get; }

    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IRequiredActor{TActor}"/>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    public IActorRef ActorRef => _actor ??= registry.Get<TActor>();

    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => _actor ??= await registry.GetAsync<TActor>(cancellationToken);
}
