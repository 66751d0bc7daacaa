using Akka.Actor;
using Akka.TestKit;
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
    private readonly TestProbe _statistics;

    public BranchLogTests()
    {
        _statistics = CreateTestProbe();
        _log = Sys.ActorOf(BranchLog.Props(_inbox, TimeProvider.System, _statistics));
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
    public async Task Events_of_all_kinds_are_numbered_in_one_row()
    {
        Register("sink", _sink);
        var branch = Some.Branch();
        _inbox.Add(new ConfigQuarantined("strategy", "a", DateTimeOffset.UnixEpoch, 50, TimeSpan.FromSeconds(5)));
        _inbox.Add(NewRun(), new BranchStarted(branch));
        _inbox.Add(NewRun(new CollectingSink()), new BranchFinished(branch.Skip(SkipReasons.Paused)));
        _inbox.Add(NewRun(), Some.Late(branch));
        _inbox.Add(new ConfigReleased("strategy", "a", DateTimeOffset.UnixEpoch));

        var events = await _sink.WhenAsync(all => all.Count == 5);

        Assert.Equal(
            [(1L, "ConfigQuarantined"), (2, "BranchStarted"), (3, "BranchFinished"), (4, "BranchLate"), (5, "ConfigReleased")],
            events.Select(happened => (happened.Sequence, happened.GetType().Name)));
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
        var writer = Watch(run.OwnSink!.Writer);

        _inbox.Add(run, new BranchFinished(branch.Succeed(1, TimeSpan.Zero)));

        ExpectTerminated(writer);
        Assert.Equal([2L, 3L], own.Events.Select(happened => happened.Sequence));
        Assert.Equal(3, (await _sink.WhenAsync(all => all.Count == 3)).Count);
    }

    [Fact]
    public async Task What_comes_late_reaches_a_runs_own_sink_after_its_writer_was_let_go_and_leaves_none_behind()
    {
        var own = new CollectingSink();
        var run = NewRun(own);
        var branch = Some.Branch();
        _inbox.Add(run, new BranchStarted(branch));
        await own.WhenAsync(all => all.Count == 1);
        var first = Watch(run.OwnSink!.Writer);
        _inbox.Add(run, new BranchFinished(branch.TimeOut(new TimeoutException(), TimeSpan.Zero)));
        ExpectTerminated(first);

        _inbox.Add(run, Some.Late(branch));

        Assert.IsType<BranchLate>((await own.WhenAsync(all => all.Count == 3))[2]);
        AwaitAssert(() => Assert.Null(run.OwnSink.Writer));
    }

    [Fact]
    public void What_comes_late_waits_for_what_a_runs_own_sink_still_writes_and_its_writer_waits_for_both()
    {
        Gate[] gates = [new(), new()];
        var own = new StepwiseSink(gates);
        var run = NewRun(own);
        var branch = Some.Branch();
        _inbox.Add(run, new BranchFinished(branch.TimeOut(new TimeoutException(), TimeSpan.Zero)));
        AwaitAssert(() => Assert.Equal(1, own.Calls));
        var writer = Watch(run.OwnSink!.Writer);
        _inbox.Add(run, Some.Late(branch));
        Assert.Equal([$"run {run.Id}"], Flush(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(1, own.Calls);

        gates[0].Open();
        AwaitAssert(() => Assert.Equal(2, own.Calls));
        Flush(TimeSpan.FromMilliseconds(100));
        Assert.Same(writer, run.OwnSink.Writer);

        gates[1].Open();
        ExpectTerminated(writer);
    }

    [Fact]
    public void A_flush_waits_for_the_sinks_of_single_runs_too()
    {
        var gate = new Gate();
        var run = NewRun(new HangingSink(gate));
        _inbox.Add(run, Some.Finished());

        Assert.Equal([$"run {run.Id}"], Flush(TimeSpan.FromMilliseconds(100)));
        gate.Open();
        Assert.Empty(Flush(Gate.Patience));
    }

    [Fact]
    public async Task A_writer_that_does_not_answer_keeps_nobody_from_the_status_of_the_others()
    {
        Register("dead", new CollectingSink());
        Register("sink", _sink);
        _inbox.Add(NewRun(), Some.Finished());
        Flush(Gate.Patience);
        var writer = Watch(await Sys.ActorSelection(_log.Path / "sink-dead").ResolveOne(Gate.Patience));
        Sys.Stop(writer);
        ExpectTerminated(writer);

        _log.Tell(GetSinkStatus.Instance, TestActor);

        var sinks = ExpectMsg<SinkStatusList>(TimeSpan.FromSeconds(9)).Sinks;
        Assert.Equal([("dead", 0L), ("sink", 1L)], sinks.Select(sink => (sink.Name, sink.Written)));
        Assert.Equal("The actor that writes to the sink did not answer within 2 s.", sinks[0].LastError);
    }

    [Fact]
    public async Task A_sink_is_fed_as_its_options_say()
    {
        _log.Tell(new RegisterSink("sink", _sink) { Options = new SinkOptions { MaxBatch = 1 } }, TestActor);
        ExpectMsg<SinkRegistered>();
        for (var number = 0; number < 3; number++)
            _inbox.Add(NewRun(), Some.Finished());

        await _sink.WhenAsync(all => all.Count == 3);

        Assert.Equal(3, _sink.Calls);
    }

    [Fact]
    public void A_second_sink_of_the_same_name_is_refused()
    {
        Register("sink", _sink);
        _log.Tell(new RegisterSink("sink", _sink), TestActor);

        Assert.IsType<NameTakenException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void The_statistics_get_every_event_in_order_also_without_a_sink()
    {
        for (var number = 0; number < 5000; number++)
            _inbox.Add(NewRun(), Some.Finished());

        var numbers = new List<long>();
        while (numbers.Count < 5000)
            numbers.AddRange(_statistics.ExpectMsg<WriteBatch>().Events.Select(happened => happened.Sequence));

        Assert.Equal(Enumerable.Range(1, 5000).Select(number => (long)number), numbers);
    }

    [Fact]
    public void A_question_for_statistics_comes_after_what_was_logged_before_it()
    {
        var question = new ReadStatistics(new GetStatistics(), []);
        _inbox.Add(NewRun(), Some.Finished());
        _log.Tell(question, TestActor);
        _inbox.Add(NewRun(), Some.Finished());

        Assert.Equal(1, _statistics.ExpectMsg<WriteBatch>().Events[0].Sequence);
        Assert.Same(question, _statistics.FishForMessage(message => message is ReadStatistics));
        Assert.Equal(TestActor, _statistics.LastSender);
    }

    private void Register(string name, IBranchSink sink)
    {
        _log.Tell(new RegisterSink(name, sink), TestActor);
        ExpectMsg<SinkRegistered>();
    }

    private IReadOnlyList<string> Flush(TimeSpan timeout)
    {
        _log.Tell(new FlushSinks(timeout), TestActor);
        return ExpectMsg<SinksFlushed>(Gate.Patience).Unfinished;
    }

    private Run NewRun(IBranchSink? own = null)
    {
        var request = new RunExperiment(Some.ConfigId, Some.Configs("a")) { Sink = own };
        return Some.Run(request, TestActor);
    }

    /// <summary>Waits at one gate after the other.</summary>
    private sealed class StepwiseSink(Gate[] gates) : IBranchSink
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) =>
            gates[Interlocked.Increment(ref _calls) - 1].Opened;
    }
}
