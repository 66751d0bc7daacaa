using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spearmint.Actors;
using Spearmint.Client;

namespace Spearmint.Hosting;

/// <summary>Spearmint in a host that runs Akka.NET by Akka.Hosting.</summary>
public static class SpearmintHostingExtensions
{
    /// <summary>Runs Spearmint in this ActorSystem and says what it runs.</summary>
    /// <param name="akka">The builder of the ActorSystem.</param>
    /// <param name="configure">Registers strategies, experiments and sinks; checked when the host starts.</param>
    /// <exception cref="InvalidOperationException">It was called before for this ActorSystem.</exception>
    public static AkkaConfigurationBuilder WithSpearmint(this AkkaConfigurationBuilder akka, Action<SpearmintBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(akka);
        ArgumentNullException.ThrowIfNull(configure);
        if (akka.Setups.OfType<SpearmintSetup>().Any())
            throw new InvalidOperationException("WithSpearmint was called twice for one ActorSystem; register everything in one call.");

        var spearmint = new SpearmintBuilder();
        configure(spearmint);
        return akka
            .AddSetup(new SpearmintSetup { Settings = spearmint.Settings, SetUp = spearmint.ApplyAsync })
            .WithActors(async (system, registry) =>
            {
                var client = SpearmintClient.For(system);
                registry.Register<SpearmintActor>(client.Root);
                await client.Ready;
            });
    }

    /// <summary>
    /// Adds Akka.NET as Akka.Hosting's method of the same name does, and makes the <see cref="SpearmintClient"/> and every experiment that
    /// <see cref="WithSpearmint"/> registers injectable: by its type where there is one of it, and keyed by its name.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="actorSystemName">The name of the ActorSystem.</param>
    /// <param name="configure">Configures the ActorSystem, when it is made.</param>
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName, Func<AkkaConfigurationBuilder, AkkaConfigurationBuilder> configure) =>
        services.AddAkka(actorSystemName, (akka, _) => configure(akka));

    /// <inheritdoc cref="AddAkka(IServiceCollection, string, Func{AkkaConfigurationBuilder, AkkaConfigurationBuilder})" />
    /// <param name="services">The services of the host.</param>
    /// <param name="actorSystemName">The name of the ActorSystem.</param>
    /// <param name="configure">Configures the ActorSystem, when it is made, with the services that functions and sinks need.</param>
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName,
        Func<AkkaConfigurationBuilder, IServiceProvider, AkkaConfigurationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(provider => SpearmintClient.For(provider.GetRequiredService<ActorSystem>()));
        services.TryAddSingleton(typeof(Experiment<,>), typeof(InjectedExperiment<,>));
        services.TryAddSingleton(typeof(Experiment<,,>), typeof(InjectedExperiment<,,>));
        services.TryAddKeyedSingleton(typeof(Experiment<,>), KeyedService.AnyKey, typeof(KeyedExperiment<,>));
        services.TryAddKeyedSingleton(typeof(Experiment<,,>), KeyedService.AnyKey, typeof(KeyedExperiment<,,>));
        return AkkaHostingExtensions.AddAkka(services, actorSystemName, (akka, provider) =>
        {
            configure(akka, provider);
            foreach (var setup in akka.Setups.OfType<SpearmintSetup>())
                setup.Services ??= provider;
        });
    }
}
