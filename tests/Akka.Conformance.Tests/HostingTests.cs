using Akka.Actor;
using Akka.Configuration;
using Akka.Conformance.Support;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Conformance;

public class HostingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public void The_callback_runs_when_the_configuration_is_asked_for_and_not_before()
    {
        var calls = 0;
        using var host = Build((builder, provider) =>
        {
            Assert.NotNull(provider);
            calls++;
        });
        Assert.Equal(0, calls);
        host.Services.GetRequiredService<AkkaConfigurationBuilder>();
        host.Services.GetRequiredService<AkkaConfigurationBuilder>();
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Starting_runs_actor_starters_and_then_startup_tasks_in_order()
    {
        var ran = new List<string>();
        using var host = Build((builder, _) => builder
            .AddStartup((_, _) => ran.Add("startup 1"))
            .WithActors((_, _) => ran.Add("actors 1"))
            .StartActors(async (_, _) =>
            {
                await Task.Yield();
                ran.Add("actors 2");
            })
            .WithActors((_, _, resolver) => ran.Add($"actors 3 {resolver.GetService<Greeting>().Text}"))
            .AddStartup((_, _) =>
            {
                ran.Add("startup 2");
                return Task.CompletedTask;
            }));
        await host.StartAsync();
        Assert.Equal(["actors 1", "actors 2", "actors 3 hello", "startup 1", "startup 2"], ran);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_a_starter_registers_can_be_injected()
    {
        using var host = Build((builder, _) => builder.WithActors((system, registry) => registry.Register<Greeter>(system.ActorOf(Props.Create(() => new Greeter(new Greeting("hi")))))));
        await host.StartAsync();
        var required = host.Services.GetRequiredService<IRequiredActor<Greeter>>();
        Assert.Equal("hi", await required.ActorRef.Ask<string>("x", Patience));
        Assert.Same(required.ActorRef, await required.GetAsync());
        var system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal("hosted", system.Name);
        Assert.Same(host.Services.GetRequiredService<ActorRegistry>(), ActorRegistry.For(system));
        Assert.Same(host.Services.GetRequiredService<IActorRegistry>(), host.Services.GetRequiredService<IReadOnlyActorRegistry>());
        await host.StopAsync();
    }

    [Fact]
    public async Task Actors_get_their_dependencies_from_the_container()
    {
        using var host = Build((builder, _) => builder.WithActors((system, registry, resolver) =>
        {
            registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>()));
            registry.Register<Combiner>(system.ActorOf(DependencyResolver.For(system).Props<Combiner>("and more")));
        }));
        await host.StartAsync();
        var registry = host.Services.GetRequiredService<IActorRegistry>();
        Assert.Equal("hello", await registry.Get<Greeter>().Ask<string>("x", Patience));
        Assert.Equal("hello and more", await registry.Get<Combiner>().Ask<string>("x", Patience));
        await host.StopAsync();
    }

    [Fact]
    public async Task Stopping_the_host_runs_coordinated_shutdown()
    {
        CoordinatedShutdown? shutdown = null;
        var drained = false;
        using var host = Build((builder, _) => builder.AddStartup((system, _) =>
        {
            shutdown = CoordinatedShutdown.Get(system);
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain", async () =>
            {
                await Task.Yield();
                drained = true;
                return Done.Instance;
            });
        }));
        await host.StartAsync();
        await host.StopAsync();
        Assert.True(drained);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown!.ShutdownReason);
        Assert.True(host.Services.GetRequiredService<ActorSystem>().WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_terminated_system_stops_the_host()
    {
        using var host = Build((_, _) => { });
        await host.StartAsync();
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
        await stopping.Task.WaitAsync(Patience);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_starter_that_throws_makes_the_start_fail()
    {
        using var host = Build((builder, _) => builder.WithActors((_, _) => throw new InvalidOperationException("boom")));
        Assert.Equal("boom", (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync())).Message);
        await host.Services.GetRequiredService<ActorSystem>().Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task Without_a_container_there_is_no_dependency_resolver()
    {
        using var system = ActorSystem.Create("alone");
        Assert.Throws<ConfigurationException>(() => DependencyResolver.For(system));
        Assert.Empty(ActorRegistry.For(system));
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task An_actor_that_is_not_registered_yet_can_be_waited_for()
    {
        using var host = Build((builder, _) => builder.AddStartup((system, registry) => registry.Register<Greeter>(system.DeadLetters)));
        var waiting = host.Services.GetRequiredService<IRequiredActor<Greeter>>().GetAsync();
        Assert.Throws<MissingActorRegistryEntryException>(() => host.Services.GetRequiredService<IRequiredActor<Combiner>>().ActorRef);
        await host.StartAsync();
        Assert.Same(host.Services.GetRequiredService<ActorSystem>().DeadLetters, await waiting.WaitAsync(Patience));
        await host.StopAsync();
    }

    [Fact]
    public async Task Extensions_are_there_from_the_start()
    {
        using var host = Build((builder, _) => builder.WithExtension<NoteId>());
        await host.StartAsync();
        Assert.True(host.Services.GetRequiredService<ActorSystem>().HasExtension<Note>());
        await host.StopAsync();
    }

    [Fact]
    public async Task Log_events_go_to_the_hosts_logging()
    {
        var log = new RecordingProvider();
        using var host = Build(
            (builder, _) => builder.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = Event.LogLevel.InfoLevel;
                loggers.AddLoggerFactory();
            }),
            logging => logging.ClearProviders().AddProvider(log));
        await host.StartAsync();
        host.Services.GetRequiredService<ActorSystem>().Log.Warning("size {0} of {1}", 3, "x");
        var entry = await log.Find(text => text.Contains("size 3 of x", StringComparison.Ordinal));
        Assert.Equal((Microsoft.Extensions.Logging.LogLevel.Warning, "Akka.Actor.ActorSystem"), (entry.Level, entry.Category));
        await host.StopAsync();
    }

    private static IHost Build(Action<AkkaConfigurationBuilder, IServiceProvider> configure, Action<ILoggingBuilder>? logging = null)
    {
        var builder = Host.CreateApplicationBuilder();
        (logging ?? (each => each.ClearProviders()))(builder.Logging);
        builder.Services.AddSingleton(new Greeting("hello"));
        builder.Services.AddAkka("hosted", configure);
        return builder.Build();
    }

    private sealed record Greeting(string Text);

    private sealed class Greeter : ReceiveActor
    {
        public Greeter(Greeting greeting) => ReceiveAny(_ => Sender.Tell(greeting.Text));
    }

    private sealed class Combiner : ReceiveActor
    {
        public Combiner(Greeting greeting, string more) => ReceiveAny(_ => Sender.Tell($"{greeting.Text} {more}"));
    }

    private sealed class Note : IExtension;

    private sealed class NoteId : ExtensionIdProvider<Note>
    {
        public override Note CreateExtension(ExtendedActorSystem system) => new();
    }
}
