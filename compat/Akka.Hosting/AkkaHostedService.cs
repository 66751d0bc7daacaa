using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Ties a system's life to the host's: each takes the other with it.</summary>
public class AkkaHostedService(
    AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime applicationLifetime)
    : IHostedService
{
    private ActorSystem? _system;

    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var system = _system = serviceProvider.GetRequiredService<ActorSystem>();
            await configurationBuilder.StartAsync(system);
            _ = StopHostAfter(system);
        }
        catch (Exception cause)
        {
            logger.LogCritical(cause, "Unable to start the actor system");
            applicationLifetime.StopApplication();
            throw;
        }
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_system is not null)
            await CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken);
    }

    private async Task StopHostAfter(ActorSystem system)
    {
        await system.WhenTerminated;
        applicationLifetime.StopApplication();
    }
}
