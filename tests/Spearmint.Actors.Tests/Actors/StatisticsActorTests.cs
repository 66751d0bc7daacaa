using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Statistics;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class StatisticsActorTests : TestKit
{
    private readonly IActorRef _root;
    private readonly Surroundings _surroundings = Some.Surroundings();

    public StatisticsActorTests() => _root = Sys.ActorOf(SpearmintActor.Props(_surroundings), "spearmint");

    [Fact]
    public void Everything_logged_before_the_question_is_in_the_answer()
    {
        for (var number = 1; number <= 500; number++)
        {
            _surroundings.Log.Add(Given.Finished());
            _surroundings.Log.Add(Given.Compared(ComparisonVerdict.Match));
            if (number % 100 == 0)
            {
                var snapshot = Ask(new GetStatistics());
                Assert.Equal((2 * number, number, number), (snapshot.UpTo, snapshot["experiment"].Configs[0].Count, snapshot["experiment"].Pairs[0].Match));
            }
        }
    }

    [Fact]
    public void An_answer_does_not_change_while_more_is_logged()
    {
        _surroundings.Log.Add(Given.Finished(metrics: new Dictionary<string, double> { ["tokens"] = 1 }));
        _surroundings.Log.Add(Given.Mismatch("$.a"));
        var snapshot = Ask(new GetStatistics());
        _surroundings.Log.Add(Given.Finished(metrics: new Dictionary<string, double> { ["tokens"] = 3, ["cost"] = 1 }));
        _surroundings.Log.Add(Given.Mismatch("$.a", "$.b"));
        Assert.Equal(4, Ask(new GetStatistics()).UpTo);

        Assert.Equal(1, Assert.Single(snapshot["experiment"].Configs[0].Metrics).Value.Mean);
        Assert.Equal(1, Assert.Single(snapshot["experiment"].Pairs[0].Paths).Mismatches.Count);
        Assert.Single(snapshot["experiment"].Pairs[0].Paths[0].First);
    }

    [Fact]
    public void Nothing_has_happened_up_to_number_0()
    {
        var snapshot = Ask(new GetStatistics());

        Assert.Equal(0, snapshot.UpTo);
        Assert.Empty(snapshot.Experiments);
    }

    [Fact]
    public void One_experiment_is_asked_for_by_name_and_with_a_rule_of_its_own()
    {
        _surroundings.Log.Add(Given.Finished(Some.Config("a"), "other"));
        _surroundings.Log.Add(Given.Mismatch("$.a"));

        var found = Assert.Single(Ask(new GetStatistics { Experiment = "experiment", Rule = new NoiseRule(MinRelative: 1) }).Experiments);

        Assert.Equal("experiment", found.Experiment);
        Assert.False(found.Pairs[0].Paths[0].IsReal);
    }

    [Fact]
    public void What_is_registered_and_has_not_run_has_empty_figures()
    {
        var found = Assert.Single(Ask(new GetStatistics { Experiment = "shadow" }).Experiments);

        Assert.Equal("shadow", found.Experiment);
        Assert.Empty(found.Configs);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_names_that_there_are()
    {
        _surroundings.Log.Add(Given.Finished());

        _root.Tell(new GetStatistics { Experiment = "unheard" }, TestActor);

        var refused = Assert.IsType<UnknownNameException>(ExpectMsg<Status.Failure>().Cause);
        Assert.Equal("unheard", refused.Name);
        Assert.Equal(["experiment", "round_robin"], refused.Known.Take(2));
    }

    [Fact]
    public void A_bug_in_the_statistics_harms_neither_the_log_nor_what_is_counted_later()
    {
        var sink = new CollectingSink();
        _root.Tell(new RegisterSink("sink", sink), TestActor);
        ExpectMsg<SinkRegistered>();
        _surroundings.Log.Add(Given.Finished());
        Ask(new GetStatistics());

        Sys.ActorSelection("/user/spearmint/statistics").Tell(new WriteBatch(null!));
        _surroundings.Log.Add(Given.Finished());

        Assert.Equal(2, Ask(new GetStatistics())["experiment"].Configs[0].Count);
        _root.Tell(new FlushSinks(Gate.Patience), TestActor);
        ExpectMsg<SinksFlushed>();
        Assert.Equal(2, sink.Events.Count);
    }

    [Fact]
    public void Replayed_events_count_but_have_no_number_in_the_log_and_reach_no_sink()
    {
        var sink = new CollectingSink();
        _root.Tell(new RegisterSink("sink", sink), TestActor);
        ExpectMsg<SinkRegistered>();

        _root.Tell(new ReplayEvents([Given.Finished(), new EventsDropped(1, 5, DropReasons.Failed), Given.Mismatch()]), TestActor);

        Assert.Equal(3, ExpectMsg<EventsReplayed>().Count);
        var snapshot = Ask(new GetStatistics());
        Assert.Equal((0, 1, 1), (snapshot.UpTo, snapshot["experiment"].Configs[0].Count, snapshot["experiment"].Pairs[0].Mismatch));
        _root.Tell(new FlushSinks(Gate.Patience), TestActor);
        ExpectMsg<SinksFlushed>();
        Assert.Empty(sink.Events);
    }

    private StatisticsSnapshot Ask(GetStatistics question)
    {
        _root.Tell(question, TestActor);
        return ExpectMsg<StatisticsSnapshot>(Gate.Patience);
    }
}
