using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Actors;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class SinksUnderStress : TestKit
{
    private const int Million = 1_000_000;
    private const int SampleEvery = 100;
    private static readonly int QueueLimit = SinkOptions.Default.QueueLimit;

    private readonly FakeClock _clock = new();
    private readonly Gate _gate = new();
    private readonly CollectingSink _collecting = new();
    private readonly LogInbox _inbox = new();
    private readonly IActorRef _log;

    public SinksUnderStress()
    {
        _log = Sys.ActorOf(BranchLog.Props(_inbox, _clock, ActorRefs.Nobody));
        _inbox.Attach(_log);
    }

    [Fact]
    public async Task A_million_events_against_a_sink_that_hangs_stay_within_its_queue_and_are_all_accounted_for()
    {
        Register(new GatedSink(_gate, _collecting));

        var samples = AddMillion();

        Await(status => status.Queued == QueueLimit && status.Dropped == Million - QueueLimit);
        Assert.InRange(Alive(samples), 0, QueueLimit + 10_000);
        _gate.Open();
        Assert.Equal(Million, await LastWithoutGapAsync());
    }

    [Fact]
    public async Task A_million_events_against_a_sink_that_was_given_up_leave_nothing_but_what_it_is_told()
    {
        Register(new GatedSink(_gate, _collecting));
        _inbox.Add(Event());
        Await(status => status.Queued == 1);
        _clock.Advance(SinkOptions.Default.HangLimit);
        Await(status => status.Dropped == 1);

        var samples = AddMillion();

        Await(status => status.Queued == 0 && status.Dropped == Million + 1);
        Assert.InRange(Alive(samples), 0, 10_000);
        _gate.Open();

        // it did take the first event, only too late
        Assert.Equal(["1", $"1-{Million + 1} hung"], (await _collecting.WhenAsync(events => events.Count == 2)).Select(Some.Text));
    }

    [Fact]
    public async Task A_million_events_against_a_sink_that_blocks_after_it_was_quick_stay_within_its_queue_too()
    {
        Register(new ThenBlockingSink(quick: 100, _gate));
        for (var written = 1; written <= 100; written++)
        {
            _inbox.Add(Event());
            _log.Tell(new FlushSinks(Gate.Patience), TestActor);
            ExpectMsg<SinksFlushed>();
        }

        AddMillion();

        Await(status => status.Queued == QueueLimit && status.Written + status.Queued + status.Dropped == Million + 100);
        _gate.Open();
        _log.Tell(new FlushSinks(Gate.Patience), TestActor);
        Assert.Empty((await Task.Run(() => ExpectMsg<SinksFlushed>(Gate.Patience))).Unfinished);
    }

    private async Task<long> LastWithoutGapAsync()
    {
        var told = await _collecting.WhenAsync(events => events is [.., EventsDropped]);
        var last = 0L;
        foreach (var happened in told)
        {
            Assert.Equal(last + 1, happened.Sequence);
            last = happened is EventsDropped lost ? lost.Last : happened.Sequence;
        }

        return last;
    }

    private static int Alive(List<WeakReference> samples)
    {
        GC.Collect();
        return samples.Count(sample => sample.IsAlive) * SampleEvery;
    }

    private List<WeakReference> AddMillion()
    {
        var samples = new List<WeakReference>();
        for (var number = 0; number < Million; number++)
        {
            var happened = Event();
            if (number % SampleEvery == 0)
                samples.Add(new WeakReference(happened));
            _inbox.Add(happened);
        }

        return samples;
    }

    private void Register(IBranchSink sink)
    {
        _log.Tell(new RegisterSink("sink", sink), TestActor);
        ExpectMsg<SinkRegistered>();
    }

    private void Await(Func<SinkStatus, bool> condition) => AwaitAssert(() =>
    {
        _log.Tell(GetSinkStatus.Instance, TestActor);
        var status = ExpectMsg<SinkStatusList>().Sinks[0];
        Assert.True(condition(status), $"{status}");
    }, Gate.Patience);

    private static ConfigReleased Event() => new("strategy", "config", DateTimeOffset.UnixEpoch);
}
