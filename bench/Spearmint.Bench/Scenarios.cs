using Akka.Actor;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Sinks;
using Spearmint.Strategies;

namespace Spearmint.Bench;

/// <summary>What is measured: the baselines, then each strategy with each sink and each kind of function.</summary>
internal sealed class Scenarios : IAsyncDisposable
{
    private static readonly object Input = new();
    private readonly List<ActorSystem> _systems = [];

    public async Task<IReadOnlyList<Scenario>> AllAsync()
    {
        var all = new List<Scenario>();
        var config = Configs(1)[0];
        foreach (var (function, call) in Functions())
        {
            all.Add(new Scenario("function called directly", "-", function, () => call(Input, config, CancellationToken.None)));
            all.Add(new Scenario("Task.WhenAll of two Task.Run", "-", function, () => Task.WhenAll(
                Task.Run(() => call(Input, config, CancellationToken.None)),
                Task.Run(() => call(Input, config, CancellationToken.None)))));
        }

        var system = NewSystem("echo");
        var echo = system.ActorOf(Props.Create<Echo>(), "echo");
        var lessor = system.ActorOf(Props.Create<Lessor>(), "lessor");
        all.Add(new Scenario("Ask to an echo actor", "-", "-", () => echo.Ask<object>(Input)));
        all.Add(new Scenario("Ask to an actor that leases a worker, nothing else", "-", "-", () => lessor.Ask<object>(Input)));

        foreach (var (sinkName, sink) in (IEnumerable<(string, IBranchSink)>)[("no-op", new NoOpSink()), ("in-memory", new InMemorySink())])
        {
            var client = SpearmintClient.For(NewSystem(sinkName));
            await client.RegisterSinkAsync(sinkName, sink);
            foreach (var (functionName, function) in Functions())
                all.AddRange(Strategies(client, sinkName, functionName, function));
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems)
            await system.Terminate();
    }

    private static IEnumerable<Scenario> Strategies(
        SpearmintClient client, string sink, string functionName, Func<object, Config, CancellationToken, Task<object>> function)
    {
        yield return Detailed("RoundRobin over 3", 3, Strategy.RoundRobin);
        yield return Detailed("Shadow 1+1", 2, Strategy.Shadow());
        yield return Detailed("Shadow 1+2", 3, Strategy.Shadow());
        yield return Detailed("MultiBranch 3", 3, Strategy.MultiBranch);
        yield return Detailed("Shadow 1+1, compared", 2, Strategy.Shadow(), new ExperimentOptions { Compare = ComparisonRules.For<object, object>() });
        yield return Asked("RoundRobin over 3, Ask", 3, Strategy.RoundRobin);

        Scenario Detailed(string name, int configs, Strategy strategy, ExperimentOptions? options = null)
        {
            var experiment = client.CreateExperiment<object, object>($"{name}, {functionName}", function, Configs(configs), strategy, options);
            return new Scenario(name, sink, functionName, strategy == Strategy.MultiBranch
                ? () => experiment.RunAllAsync(Input)
                : () => experiment.RunAsync(Input));
        }

        Scenario Asked(string name, int configs, Strategy strategy)
        {
            var supervisor = client.RegisterStrategyAsync($"{name}, {functionName}", strategy.Create).GetAwaiter().GetResult();
            var set = Configs(configs);
            var made = ExperimentFunction.From<object, object>(function);
            return new Scenario(name, sink, functionName, () => supervisor.Ask<ExperimentResult>(new RunExperiment(made, set, Input)));
        }
    }

    private static IEnumerable<(string Name, Func<object, Config, CancellationToken, Task<object>> Call)> Functions()
    {
        yield return ("at once", static (input, _, _) => Task.FromResult(input));
        yield return ("yields", static async (input, _, _) =>
        {
            await Task.Yield();
            return input;
        }
        );
    }

    private static ConfigSet Configs(int count) =>
        new(Enumerable.Range(0, count).Select(number => Config.From(new { number })));

    private ActorSystem NewSystem(string name)
    {
        var system = ActorSystem.Create($"bench-{name}");
        _systems.Add(system);
        return system;
    }
}
