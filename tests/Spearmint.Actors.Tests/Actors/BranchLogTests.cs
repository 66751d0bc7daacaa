using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class BranchLogTests : TestKit
{
    private readonly LogInbox _inbox = new();
    private readonly IActorRef _log;
    private readonly CollectingSink _sink = new();

    public BranchLogTests()
    {
        _log = Sys.ActorOf(BranchLog.Props(_inbox, TimeProvider.System));
        _inbox.Attach(_log);
    }

    [Fact]
    public async Task Events_get_increasing_numbers_without_a_gap()
    {
        Register("sink", _sink);
        var run = NewRun();
        for (var number = 0; number < 1000; number++)
            _inbox.Add(run, Some.Finished());

        var events = await _sink.WhenAsync(all => all.Count == 1000);

        Assert.Equal(Enumerable.Range(1, 1000).Select(number => (long)number), events.Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task A_single_event_does_not_wait_for_others()
    {
        Register("sink", _sink);
        _inbox.Add(NewRun(), Some.Finished());

        Assert.Single(await _sink.WhenAsync(all => all.Count == 1));
    }

    [Fact]
    public async Task A_sink_gets_the_events_that_come_after_it_was_added()
    {
        Register("first", new CollectingSink());
        _inbox.Add(NewRun(), Some.Finished());
        Register("sink", _sink);
        _inbox.Add(NewRun(), Some.Finished());

        Assert.Equal(2, Assert.Single(await _sink.WhenAsync(all => all.Count > 0)).Sequence);
    }

    [Fact]
    public void A_flush_is_answered_when_everything_before_it_is_written()
    {
        Register("sink", _sink);
        for (var number = 0; number < 10; number++)
            _inbox.Add(NewRun(), Some.Finished());

        _log.Tell(new FlushSinks(Gate.Patience), TestActor);

        Assert.Empty(ExpectMsg<SinksFlushed>().Unfinished);
        Assert.Equal(10, _sink.Events.Count);
    }

    [Fact]
    public void A_flush_names_the_sinks_that_were_not_done_in_time()
    {
        var gate = new Gate();
        Register("hanging", new HangingSink(gate));
        Register("sink", _sink);
        _inbox.Add(NewRun(), Some.Finished());

        _log.Tell(new FlushSinks(TimeSpan.FromMilliseconds(200)), TestActor);

        Assert.Equal(["hanging"], ExpectMsg<SinksFlushed>().Unfinished);
        gate.Open();
    }

    [Fact]
    public async Task A_runs_own_sink_gets_the_events_of_its_run_alone_and_is_let_go_after_the_last()
    {
        Register("registered", _sink);
        var own = new CollectingSink();
        var run = NewRun(own);
        _inbox.Add(NewRun(), Some.Finished());
        var branch = Some.Branch();
        _inbox.Add(run, new BranchStarted(branch));
        var events = await own.WhenAsync(all => all.Count == 1);
        Watch(run.OwnSink!.Writer);

        _inbox.Add(run, new BranchFinished(branch.Succeed(1, TimeSpan.Zero)));

        ExpectTerminated(run.OwnSink!.Writer);
        Assert.Equal([2L, 3L], own.Events.Select(happened => happened.Sequence));
        Assert.Equal(3, (await _sink.WhenAsync(all => all.Count == 3)).Count);
    }

    [Fact]
    public void A_second_sink_of_the_same_name_is_refused()
    {
        Register("sink", _sink);
        _log.Tell(new RegisterSink("sink", _sink), TestActor);

        Assert.IsType<NameTakenException>(ExpectMsg<Status.Failure>().Cause);
    }

    private void Register(string name, IBranchSink sink)
    {
        _log.Tell(new RegisterSink(name, sink), TestActor);
        ExpectMsg<SinkRegistered>();
    }

    private Run NewRun(IBranchSink? own = null)
    {
        var request = new RunExperiment(Some.ConfigId, Some.Configs("a")) { Sink = own };
        return new Run(Guid.NewGuid(), request, RunPlan.One(request.Configs[0]), TestActor);
    }
}
