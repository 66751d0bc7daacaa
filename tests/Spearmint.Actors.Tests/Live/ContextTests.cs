using Akka.Actor;
using Akka.Actor.Setup;
using Microsoft.Extensions.DependencyInjection;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>What a function gets beside its input and its config.</summary>
public sealed class ContextTests : SpearmintKit
{
    private readonly Gate _gate = new();

    public ContextTests()
        : this(new ServiceCollection().AddScoped<Scoped>().BuildServiceProvider())
    {
    }

    private ContextTests(IServiceProvider services)
        : base(setup: new SpearmintSetup { Services = services })
    {
    }

    [Fact]
    public async Task The_context_says_which_branch_of_which_run_it_is()
    {
        var contexts = new List<BranchContext>();
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, context) =>
        {
            contexts.Add(context);
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin);

        var result = await experiment.RunDetailedAsync("input");

        var context = Assert.Single(contexts);
        Assert.Equal((result.RunId, result.Branches[0].BranchId, "experiment", "a", BranchRole.Primary, "input"),
            (context.RunId, context.BranchId, context.Experiment, context.Config.Id, context.Role, context.Input));
    }

    [Fact]
    public async Task Each_branch_has_a_scope_of_its_own_which_a_shadow_may_use_after_the_answer_and_which_is_disposed_after_it()
    {
        var made = new Dictionary<string, Scoped>();
        var experiment = Client.CreateExperiment<string, string>("experiment", async (_, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await _gate.Opened;
            var scoped = context.Services.GetRequiredService<Scoped>();
            lock (made)
                made.Add(context.Config.Id, scoped);
            Assert.Same(scoped, context.Services.GetRequiredService<Scoped>());
            Assert.False(scoped.Disposed.Opened.IsCompleted);
            return "";
        }, Some.Configs("a", "b"), Strategy.Shadow());

        var result = await experiment.RunDetailedAsync("").Soon();
        await made["a"].Disposed.Opened;
        _gate.Open();

        Assert.Equal(BranchStatus.Success, Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon()).Status);
        await made["b"].Disposed.Opened;
        Assert.NotSame(made["a"], made["b"]);
    }

    [Fact]
    public async Task A_function_that_goes_on_after_its_deadline_keeps_its_services_until_it_ends()
    {
        Scoped? scoped = null;
        var experiment = Client.CreateExperiment<string, string>("experiment", async (_, context) =>
        {
            scoped = context.Services.GetRequiredService<Scoped>();
            await _gate.Opened;
            Assert.False(scoped.Disposed.Opened.IsCompleted);
            return "";
        }, Some.Configs("a"), Strategy.RoundRobin);

        await Assert.ThrowsAsync<BranchTimedOutException>(() => experiment.RunAsync("", new RunOptions { Deadline = TimeSpan.FromMilliseconds(50) }).Soon());
        _gate.Open();

        await scoped!.Disposed.Opened;
        Assert.Equal(BranchStatus.Success, ((BranchLate)(await Sink.WhenAsync(all => all.OfType<BranchLate>().Any()))[^1]).Status);
    }

    [Fact]
    public async Task Services_that_cannot_be_disposed_change_nothing()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, context) =>
        {
            context.Services.GetRequiredService<Scoped>().Throws = true;
            return Task.FromResult("answer");
        }, Some.Configs("a"), Strategy.RoundRobin);

        Assert.Equal("answer", await experiment.RunAsync("", default).Soon());
        Assert.Equal("answer", await experiment.RunAsync("", default).Soon());
    }

    [Fact]
    public async Task Without_a_host_the_error_says_where_services_come_from()
    {
        using var system = ActorSystem.Create("plain", ActorSystemSetup.Create());
        var experiment = SpearmintClient.For(system).CreateExperiment<string, object>(
            "experiment", (_, context) => Task.FromResult<object>(context.Services), Some.Configs("a"), Strategy.RoundRobin);

        Assert.Contains("AddAkka", (await Assert.ThrowsAsync<InvalidOperationException>(() => experiment.RunAsync("", default).Soon())).Message);
        await system.Terminate().Soon();
    }

    [Fact]
    public async Task What_a_branch_reports_is_in_the_branch_and_in_its_record()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, context) =>
        {
            context.Report("tokens", 800);
            context.Report("tokens", 812);
            context.Report("score", 0.5);
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin);

        var branch = (await experiment.RunDetailedAsync("")).Branches[0];

        Assert.Equal(new Dictionary<string, double> { ["tokens"] = 812, ["score"] = 0.5 }, branch.Metrics);
        Assert.Equal(branch.Metrics, Assert.Single(await Sink.FinishedAsync(1)).Metrics);
    }

    [Fact]
    public async Task A_branch_that_fails_or_times_out_keeps_what_it_had_reported()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", async (_, context) =>
        {
            context.Report("tokens", 1);
            if (context.Config.Id == "a")
                throw new IOException();
            await _gate.Opened;
            context.Report("tokens", 2);
            return "";
        }, Some.Configs("a", "b"), Strategy.MultiBranch);

        var branches = await experiment.RunAllAsync("", new RunOptions { Deadline = TimeSpan.FromMilliseconds(50) }).Soon();
        Assert.All(branches, branch => Assert.Equal(1, branch.Metrics["tokens"]));

        _gate.Open();
        Assert.Equal(2, ((BranchLate)(await Sink.WhenAsync(all => all.OfType<BranchLate>().Any()))[^1]).Metrics["tokens"]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("x", double.NaN)]
    [InlineData("x", double.PositiveInfinity)]
    public async Task A_metric_that_is_none_is_the_branchs_failure(string name, double value)
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, context) =>
        {
            context.Report(name, value);
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => experiment.RunAsync("", default).Soon());
    }

    [Fact]
    public async Task Metrics_are_bounded()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, context) =>
        {
            for (var name = 0; name < 65; name++)
                context.Report($"m{name}", name);
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin);

        Assert.Contains("at most 64", (await Assert.ThrowsAsync<ArgumentException>(() => experiment.RunAsync("", default).Soon())).Message);
    }

    [Fact]
    public async Task Inputs_that_functions_change_are_cloned_for_each_branch()
    {
        var input = new List<int> { 1 };
        var experiment = Client.CreateExperiment<List<int>, int>("experiment", (list, _) =>
        {
            list.Add(2);
            return Task.FromResult(list.Count);
        }, Some.Configs("a", "b", "c"), Strategy.MultiBranch, new ExperimentOptions { CloneInput = original => new List<int>((List<int>)original!) });

        Assert.All(await experiment.RunAllAsync(input), branch => Assert.Equal(2, branch.Output));
        Assert.Equal([1], input);
    }

    [Fact]
    public async Task A_cloner_that_throws_is_the_branchs_failure()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (input, _) => Task.FromResult(input),
            Some.Configs("a"), Strategy.RoundRobin, new ExperimentOptions { CloneInput = _ => throw new IOException() });

        await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync("", default).Soon());
    }

    private sealed class Scoped : IDisposable
    {
        public Gate Disposed { get; } = new();

        public bool Throws { get; set; }

        public void Dispose()
        {
            Disposed.Open();
            if (Throws)
                throw new IOException();
        }
    }
}
