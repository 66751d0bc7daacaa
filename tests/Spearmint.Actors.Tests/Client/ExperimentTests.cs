using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Sinks;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Client;

public sealed class ExperimentTests : SpearmintKit
{
    private static readonly ConfigSet Factors = new([Config.From(new { factor = 2 }, "double"), Config.From(new { factor = 3 }, "triple")]);

    [Fact]
    public async Task It_is_called_like_the_function_itself()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.RoundRobin);

        Assert.Equal(20, await experiment.RunAsync(10).Soon());
        Assert.Equal(30, await experiment.RunAsync(10).Soon());
    }

    [Fact]
    public async Task All_branches_come_typed()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.MultiBranch);

        var all = await experiment.RunAllAsync(10).Soon();

        Assert.Equal([20, 30], all.Select(branch => branch.Output));
        Assert.Equal("multiply", all[0].Experiment);
        Assert.Equal("multi_branch", all[0].Strategy);
    }

    [Fact]
    public async Task A_detailed_run_gives_output_run_id_and_branches_and_its_shadows_can_be_gathered()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.Shadow("triple"));

        var result = await experiment.RunDetailedAsync(10).Soon();

        Assert.Equal(30, result.Output);
        Assert.Equal(result.RunId, Assert.Single(result.Branches).RunId);
        Assert.Equal(20, Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon()).Output);
    }

    [Fact]
    public async Task A_detailed_run_works_with_either_shape()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.MultiBranch);

        Assert.Equal(2, (await experiment.RunDetailedAsync(10).Soon()).Branches.Count);
    }

    [Fact]
    public async Task The_wrong_call_for_the_strategys_answer_is_an_error_that_says_which_to_use_and_runs_nothing()
    {
        var calls = 0;
        Task<int> Count(int input, Config config, CancellationToken token) => Task.FromResult(++calls);
        var all = Client.CreateExperiment<int, int>("all", Count, Factors, Strategy.MultiBranch);
        var one = Client.CreateExperiment<int, int>("one", Count, Factors, Strategy.RoundRobin);

        Assert.Contains("RunAllAsync", (await Assert.ThrowsAsync<AnswerShapeException>(() => all.RunAsync(1).Soon())).Message);
        Assert.Contains("RunAsync", (await Assert.ThrowsAsync<AnswerShapeException>(() => one.RunAllAsync(1).Soon())).Message);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Configs_can_be_given_per_call()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.RoundRobin);

        Assert.Equal(70, await experiment.RunAsync(10, new RunOptions { Configs = [Config.From(new { factor = 7 })] }).Soon());
    }

    [Fact]
    public async Task Having_no_configs_at_all_is_an_error()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, configs: null, Strategy.RoundRobin);

        Assert.Contains("round_robin", (await Assert.ThrowsAsync<ArgumentException>(() => experiment.RunAsync(1).Soon())).Message);
    }

    [Fact]
    public void A_config_that_does_not_fit_is_found_when_the_experiment_is_made() =>
        Assert.Throws<ConfigBindingException>(() => Client.CreateExperiment<int, Multiply, int>(
            "multiply", MultiplyAsync, [Config.From(new { factor = "many" })], Strategy.RoundRobin));

    [Fact]
    public void A_name_that_is_taken_or_blank_is_refused()
    {
        Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.RoundRobin);

        Assert.Throws<NameTakenException>(() => Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.RoundRobin));
        Assert.ThrowsAny<ArgumentException>(() => Client.CreateExperiment<int, Multiply, int>(" ", MultiplyAsync, Factors, Strategy.RoundRobin));
    }

    [Fact]
    public async Task A_name_that_a_strategy_has_is_refused_on_the_first_run()
    {
        var experiment = Client.CreateExperiment<int, Multiply, int>("shadow", MultiplyAsync, Factors, Strategy.RoundRobin);

        await Assert.ThrowsAsync<NameTakenException>(() => experiment.RunAsync(1).Soon());
    }

    [Fact]
    public async Task The_callers_token_ends_the_wait_even_when_the_function_ignores_it()
    {
        using var source = new CancellationTokenSource();
        var (inside, leave) = (new Gate(), new Gate());
        var experiment = Client.CreateExperiment<int, int>("deaf", async (input, _, _) =>
        {
            inside.Open();
            await leave.Opened;
            return input;
        }, Factors, Strategy.RoundRobin);
        var run = experiment.RunAsync(1, source.Token);
        await inside.Opened;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        leave.Open();
    }

    [Fact]
    public async Task A_caller_may_choose_the_id_of_a_run_and_so_know_it_when_the_run_fails()
    {
        var id = Guid.CreateVersion7();
        var experiment = Client.CreateExperiment<int, int>("fails", (_, _, _) => throw new IOException(), Factors, Strategy.RoundRobin);

        await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync(1, new RunOptions { RunId = id }).Soon());

        Assert.Equal(id, Assert.Single(await Sink.FinishedAsync(1)).RunId);
    }

    [Fact]
    public async Task The_id_of_a_run_that_is_known_already_is_refused()
    {
        var id = Guid.CreateVersion7();
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.Shadow());
        await experiment.RunAsync(1, new RunOptions { RunId = id }).Soon();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => experiment.RunAsync(1, new RunOptions { RunId = id }).Soon());

        Assert.Contains(id.ToString(), error.Message);
    }

    [Fact]
    public async Task A_sink_for_one_run_sees_that_run_alone()
    {
        var own = new CollectingSink();
        var experiment = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.MultiBranch);
        await experiment.RunAllAsync(1).Soon();

        var result = await experiment.RunDetailedAsync(2, new RunOptions { Sink = own }).Soon();

        Assert.All(await own.FinishedAsync(2), finished => Assert.Equal(result.RunId, finished.RunId));
        Assert.Equal(4, (await Sink.FinishedAsync(4)).Count);
    }

    [Fact]
    public async Task Outputs_are_recorded_when_the_experiment_says_so()
    {
        var memory = new InMemorySink();
        await Client.RegisterSinkAsync("memory", memory);
        var silent = Client.CreateExperiment<int, Multiply, int>("silent", MultiplyAsync, Factors, Strategy.RoundRobin);
        var recorded = Client.CreateExperiment<int, Multiply, int>("recorded", MultiplyAsync, Factors, Strategy.RoundRobin, new ExperimentOptions { RecordOutput = true });

        await silent.RunAsync(10).Soon();
        await recorded.RunAsync(10).Soon();
        await Client.FlushAsync(Gate.Patience);

        Assert.Null(Assert.Single(memory.Find(experiment: "silent")).Output);
        Assert.Equal(20, Assert.Single(memory.Find(experiment: "recorded")).Output!.Value.GetInt32());
    }

    [Fact]
    public async Task Inputs_are_recorded_when_the_experiment_says_so_as_they_were_given_and_without_secrets()
    {
        var memory = new InMemorySink();
        await Client.RegisterSinkAsync("memory", memory);
        var configs = new ConfigSet([Config.From(new { factor = 1, apiKey = "sesame-of-the-config" }, "one"), Config.From(new { factor = 2 }, "two")]);
        var silent = Client.CreateExperiment<Question, int>("silent", AnswerAsync, configs, Strategy.Shadow());
        var recorded = Client.CreateExperiment<Question, int>("recorded", AnswerAsync, configs, Strategy.Shadow(), new ExperimentOptions { RecordInput = true });

        await silent.RunAsync(new Question()).Soon();
        var run = await recorded.RunDetailedAsync(new Question { Text = "open sesame-of-the-config", Token = "mine" }).Soon();
        await recorded.GatherShadowsAsync(run.RunId).Soon();
        await Client.FlushAsync(Gate.Patience);

        Assert.All(memory.Find(experiment: "silent"), branch => Assert.Null(branch.Input));
        Assert.Equal(2, memory.Find(experiment: "recorded").Count);
        Assert.All(
            memory.Find(experiment: "recorded"),
            branch => Assert.Equal("""{"text":"open ***","token":"***"}""", branch.Input!.Value.GetRawText()));
    }

    [Fact]
    public async Task An_input_that_is_too_long_or_cannot_be_written_is_said_to_be_so()
    {
        var memory = new InMemorySink();
        await Client.RegisterSinkAsync("memory", memory);
        var recorded = Client.CreateExperiment<object, int>(
            "recorded", (object _, Config _, CancellationToken _) => Task.FromResult(1), Factors, Strategy.RoundRobin, new ExperimentOptions { RecordInput = true });

        await recorded.RunAsync(new string('x', 70_000)).Soon();
        await recorded.RunAsync(typeof(int)).Soon();
        await Client.FlushAsync(Gate.Patience);

        Assert.Equal(
            ["(not recorded: RuntimeType cannot be written as JSON: NotSupportedException)", "(not recorded: 70002 bytes of JSON, and at most 65536 are)"],
            memory.Find().Select(branch => branch.Input!.Value.GetString()));
    }

    [Fact]
    public void An_experiment_is_found_by_type_and_by_name()
    {
        var multiply = Client.CreateExperiment<int, Multiply, int>("multiply", MultiplyAsync, Factors, Strategy.RoundRobin);

        Assert.Same(multiply, Client.GetExperiment<Experiment<int, Multiply, int>>());
        Assert.Same(multiply, Client.GetExperiment<Experiment<int, int>>("multiply"));
        Assert.Contains("multiply", Assert.Throws<UnknownNameException>(() => Client.GetExperiment<Experiment<int, int>>("absent")).Message);
        Assert.Throws<InvalidOperationException>(() => Client.GetExperiment<Experiment<string, string>>());
        Client.CreateExperiment<int, Multiply, int>("again", MultiplyAsync, Factors, Strategy.RoundRobin);
        Assert.Contains("multiply, again", Assert.Throws<InvalidOperationException>(() => Client.GetExperiment<Experiment<int, Multiply, int>>()).Message);
    }

    private static Task<int> MultiplyAsync(int input, Multiply config, CancellationToken cancellationToken) => Task.FromResult(input * config.Factor);

    private static Task<int> AnswerAsync(Question question, Config config, CancellationToken cancellationToken)
    {
        question.Text = "changed by a function";
        return Task.FromResult(42);
    }

    private sealed record Multiply(int Factor = 1);

    private sealed class Question
    {
        public string Text { get; set; } = "";

        public string? Token { get; set; }
    }
}
