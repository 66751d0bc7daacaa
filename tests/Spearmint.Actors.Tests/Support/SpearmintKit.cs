using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Support;

/// <summary>An ActorSystem with Spearmint and a sink in it.</summary>
public abstract class SpearmintKit : TestKit
{
    protected SpearmintKit(TimeProvider? clock = null, SpearmintSetup? setup = null)
    {
        Client = clock is null && setup is null
            ? SpearmintClient.For(Sys)
            : new SpearmintClient((ExtendedActorSystem)Sys, clock ?? TimeProvider.System, setup ?? new SpearmintSetup());
        Client.RegisterSinkAsync("collecting", Sink).Soon().GetAwaiter().GetResult();
    }

    internal CollectingSink Sink { get; } = new();

    private protected SpearmintClient Client { get; }

    /// <summary>Runs by plain message to the root actor.</summary>
    private protected Task<ExperimentResult> AskAsync(
        string strategy, Func<object?, Config, CancellationToken, Task<object?>> function, IEnumerable<Config> configs, object? input = null,
        bool recordOutput = false, CancellationToken cancellationToken = default) =>
        Client.Root.Ask<ExperimentResult>(new RunExperiment(function, configs, input)
        {
            StrategyName = strategy,
            ExperimentName = "experiment",
            CancellationToken = cancellationToken,
            RecordOutput = recordOutput,
        }).Soon();

    private protected Task<ShadowsGathered> GatherAsync(Guid runId) =>
        Client.Root.Ask<ShadowsGathered>(new GatherShadows(runId) { StrategyName = "shadow" }).Soon();

    /// <summary>Waits until the sinks of single runs have been let go: only the registered one has a writer.</summary>
    private protected void ExpectOnlyTheRegisteredSink() => AwaitAssert(() =>
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection("/user/spearmint/log/*").Tell(new Identify(null), probe);
        Assert.Equal("sink-collecting", probe.ExpectMsg<ActorIdentity>().Subject.Path.Name);
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }, Gate.Patience);
}
