using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spearmint.Actors;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Sinks;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Hosting;

public sealed class WithSpearmintTests
{
    [Fact]
    public async Task One_call_registers_strategies_experiments_and_sinks_and_makes_them_injectable()
    {
        var memory = new InMemorySink();
        using var host = Host(services => services
            .AddSingleton<Caller>()
            .AddAkka("test", akka => akka.WithSpearmint(spearmint => spearmint
                .AddStrategy("mine", () => new RoundRobinStrategy())
                .AddSink("memory", memory)
                .AddExperiment<int, Factor, int>("multiply", (input, config, _) => Task.FromResult(input * config.Value), [Config.From(new { value = 3 })], Strategy.Shadow())
                .AddExperiment<string, string>("echo", (input, _, _) => Task.FromResult(input), Some.Configs("a"), Strategy.RoundRobin))));
        await host.StartAsync().Soon();

        Assert.Equal(30, await host.Services.GetRequiredService<Caller>().Multiply.RunAsync(10).Soon());
        Assert.Equal("x", await host.Services.GetRequiredService<Experiment<string, string>>().RunAsync("x").Soon());
        var client = host.Services.GetRequiredService<SpearmintClient>();
        Assert.Equal("a", (await client.RunAsync(new RunExperiment(Some.ConfigId, Some.Configs("a")) { StrategyName = "mine" }).Soon()).Output);
        await client.FlushAsync(Gate.Patience);
        Assert.Equal(3, memory.Find().Count);
        await host.StopAsync().Soon();
    }

    [Fact]
    public async Task Experiments_of_one_type_are_injected_by_their_names()
    {
        using var host = Host(services => services.AddAkka("test", akka => akka.WithSpearmint(spearmint =>
        {
            foreach (var name in (string[])["one", "two"])
                spearmint.AddExperiment<int, string>(name, (_, _, _) => Task.FromResult(name), Some.Configs("a"), Strategy.RoundRobin);
        })));
        await host.StartAsync().Soon();

        Assert.Equal("two", await host.Services.GetRequiredKeyedService<Experiment<int, string>>("two").RunAsync(0).Soon());
        Assert.Equal("one", await host.Services.GetRequiredKeyedService<Experiment<int, string>>("one").RunAsync(0).Soon());
        Assert.Contains("one, two", Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<Experiment<int, string>>()).Message);
        await host.StopAsync().Soon();
    }

    [Fact]
    public async Task The_line_that_sums_up_the_shutdown_is_in_the_log_of_the_host_however_slow_that_is()
    {
        var log = new SlowLog();
        using var host = Host(services => services
            .AddLogging(logging => logging.AddProvider(log))
            .AddAkka("test", akka => akka
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                })
                .WithSpearmint(_ => { })));
        await host.StartAsync().Soon();

        await host.StopAsync().Soon();

        Assert.Single(log.Lines, line => line.Contains("Drained in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hosted_service_may_take_an_experiment_that_starts_with_it()
    {
        using var host = Host(services => services
            .AddHostedService<Early>()
            .AddAkka("test", akka => akka.WithSpearmint(spearmint => spearmint
                .AddExperiment<int, string>("early", (_, config, _) => Task.FromResult(config.Id), Some.Configs("a"), Strategy.RoundRobin))));

        await host.StartAsync().Soon();

        Assert.Equal("a", await Early.Ran.Task.Soon());
        await host.StopAsync().Soon();
    }

    [Fact]
    public async Task Functions_may_use_services()
    {
        using var host = Host(services => services
            .AddSingleton("from the container")
            .AddAkka("test", (akka, provider) => akka.WithSpearmint(spearmint => spearmint.AddExperiment<int, string>(
                "served", (_, _, _) => Task.FromResult(provider.GetRequiredService<string>()), Some.Configs("a"), Strategy.RoundRobin))));
        await host.StartAsync().Soon();

        Assert.Equal("from the container", await host.Services.GetRequiredService<Experiment<int, string>>().RunAsync(0).Soon());
        await host.StopAsync().Soon();
    }

    [Fact]
    public async Task The_root_actor_is_in_the_registry()
    {
        using var host = Host(services => services.AddAkka("test", akka => akka.WithSpearmint(_ => { })));
        await host.StartAsync().Soon();

        var root = host.Services.GetRequiredService<IRequiredActor<SpearmintActor>>().ActorRef;
        Assert.Equal(new StrategyCatalogue().Names, (await root.Ask<StrategyList>(ListStrategies.Instance).Soon()).Names);
        await host.StopAsync().Soon();
    }

    public static TheoryData<Action<SpearmintBuilder>, string> Mistakes => new()
    {
        { s => s.AddStrategy("shadow", () => new RoundRobinStrategy()), "'shadow'" },
        { s => s.AddExperiment<int, Factor, int>("bad", (i, _, _) => Task.FromResult(i), [Config.From(new { value = "text" })], Strategy.RoundRobin), "Factor" },
        { s => s.AddExperiment<int, int>("multi_branch", (i, _, _) => Task.FromResult(i), null, Strategy.RoundRobin), "'multi_branch'" },
        { s => s.AddSink("twice", new NoOpSink()).AddSink("twice", new NoOpSink()), "'twice'" },
        { s => s.AddExperiment<int, int>(" ", (i, _, _) => Task.FromResult(i), null, Strategy.RoundRobin), "name" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_found_when_the_host_starts(Action<SpearmintBuilder> mistake, string named)
    {
        using var host = Host(services => services.AddAkka("test", akka => akka.WithSpearmint(mistake)));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync().Soon());

        Assert.Contains(named, error.ToString());
    }

    [Fact]
    public async Task Saying_it_twice_is_an_error()
    {
        using var host = Host(services => services.AddAkka("test", akka => akka.WithSpearmint(_ => { }).WithSpearmint(_ => { })));

        Assert.Contains("twice", (await Assert.ThrowsAnyAsync<InvalidOperationException>(() => host.StartAsync().Soon())).Message);
    }

    [Fact]
    public async Task The_ActorSystem_is_the_users_own()
    {
        using var host = Host(services => services.AddAkka("shop", akka => akka.WithSpearmint(_ => { })));
        await host.StartAsync().Soon();

        Assert.Equal("shop", host.Services.GetRequiredService<ActorSystem>().Name);
        Assert.Same(SpearmintClient.For(host.Services.GetRequiredService<ActorSystem>()), host.Services.GetRequiredService<SpearmintClient>());
        await host.StopAsync().Soon();
    }

    private static IHost Host(Action<IServiceCollection> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }

    private sealed record Factor(int Value);

    private sealed record Caller(Experiment<int, Factor, int> Multiply);

    private sealed class Early(Experiment<int, string> experiment) : BackgroundService
    {
        public static TaskCompletionSource<string> Ran { get; } = new();

        protected override async Task ExecuteAsync(CancellationToken stoppingToken) => Ran.SetResult(await experiment.RunAsync(0, stoppingToken));
    }
}
