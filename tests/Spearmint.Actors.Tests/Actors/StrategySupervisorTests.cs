using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class StrategySupervisorTests : TestKit
{
    private readonly Surroundings _surroundings = Some.Surroundings();

    [Fact]
    public void A_run_told_by_an_actor_is_answered_to_that_actor()
    {
        var probe = CreateTestProbe();
        Supervisor(new RoundRobinStrategy()).Tell(new RunExperiment(Some.ConfigId, Some.Configs("a")), probe);

        Assert.Equal("a", probe.ExpectMsg<ExperimentResult>().Output);
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_failing_primary_is_answered_with_a_status_failure()
    {
        Supervisor(new RoundRobinStrategy()).Tell(new RunExperiment((_, _, _) => throw new IOException(), Some.Configs("a")), TestActor);

        Assert.IsType<IOException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void Events_are_left_in_the_inbox_start_before_end()
    {
        Supervisor(new RoundRobinStrategy()).Tell(new RunExperiment(Some.ConfigId, Some.Configs("a")), TestActor);
        ExpectMsg<ExperimentResult>();

        Assert.True(_surroundings.Log.TryTake(out var first));
        Assert.IsType<BranchStarted>(first);
        AwaitAssert(() =>
        {
            Assert.True(_surroundings.Log.TryTake(out var second));
            Assert.IsType<BranchFinished>(second);
        });
    }

    [Fact]
    public void The_branch_that_somebody_waits_for_starts_first()
    {
        var supervisor = Supervisor(new ShadowStrategy("c"));
        supervisor.Tell(new RunExperiment(Some.ConfigId, Some.Configs("a", "b", "c")), TestActor);
        var result = ExpectMsg<ExperimentResult>();
        supervisor.Tell(new GatherShadows(result.RunId), TestActor);

        // ids are in the order of their making
        var primary = result.Branches[0].BranchId.ToString();
        Assert.All(ExpectMsg<ShadowsGathered>().Shadows, shadow => Assert.True(string.CompareOrdinal(primary, shadow.BranchId.ToString()) < 0));
    }

    [Fact]
    public void A_worker_that_died_before_it_could_start_is_replaced_and_the_branch_runs()
    {
        var supervisor = Supervisor(new RoundRobinStrategy());
        var request = new RunExperiment(Some.ConfigId, Some.Configs("a"));
        supervisor.Tell(request, TestActor);
        ExpectMsg<ExperimentResult>();
        Sys.ActorSelection(supervisor.Path + "/*").Tell(new Identify(null), TestActor);
        var worker = ExpectMsg<ActorIdentity>().Subject;

        // the pill is in the mailbox before the branch is: the worker dies with the branch unread
        worker.Tell(PoisonPill.Instance);
        supervisor.Tell(request, TestActor);

        Assert.Equal("a", ExpectMsg<ExperimentResult>().Output);
    }

    [Fact]
    public void While_it_drains_it_refuses_runs_and_lets_branches_end()
    {
        var gate = new Gate();
        var supervisor = Supervisor(new RoundRobinStrategy());
        supervisor.Tell(new RunExperiment(async (_, _, _) =>
        {
            await gate.Opened;
            return "ended";
        }, Some.Configs("a")), TestActor);
        var drainer = CreateTestProbe();
        supervisor.Tell(new Drain(Gate.Patience), drainer);

        supervisor.Tell(new RunExperiment(Some.ConfigId, Some.Configs("a")), TestActor);
        Assert.IsType<ShuttingDownException>(ExpectMsg<Status.Failure>().Cause);
        gate.Open();
        Assert.Equal("ended", ExpectMsg<ExperimentResult>().Output);
        Assert.Equal(0, drainer.ExpectMsg<Drained>().CutShort);
    }

    [Fact]
    public async Task What_has_not_ended_when_the_drain_is_over_is_answered_and_recorded_as_cancelled()
    {
        var supervisor = await SupervisorOfAHangingBranchAsync(new RoundRobinStrategy());
        var drainer = CreateTestProbe();

        supervisor.Tell(new Drain(TimeSpan.FromMilliseconds(1)), drainer);

        Assert.IsType<ShuttingDownException>(ExpectMsg<Status.Failure>().Cause);
        Assert.Equal(1, drainer.ExpectMsg<Drained>().CutShort);
        Assert.Equal([BranchStatus.Cancelled], Finished().Select(finished => finished.Status));
        supervisor.Tell(new Drain(TimeSpan.FromMilliseconds(1)), drainer);
        drainer.ExpectMsg<Drained>();
    }

    [Fact]
    public async Task A_supervisor_that_is_stopped_answers_who_still_waits()
    {
        var supervisor = await SupervisorOfAHangingBranchAsync(new MultiBranchStrategy());

        Sys.Stop(supervisor);

        Assert.Equal(BranchStatus.Cancelled, ExpectMsg<ExperimentResult>().Branches[0].Status);
    }

    [Fact]
    public void The_last_ended_runs_are_remembered_and_no_more()
    {
        var supervisor = Supervisor(new ShadowStrategy());
        var ids = new List<Guid>();
        for (var run = 0; run <= ShadowRuns.Remembered; run++)
        {
            supervisor.Tell(new RunExperiment(Some.ConfigId, Some.Configs("a", "b")), TestActor);
            ids.Add(ExpectMsg<ExperimentResult>().RunId);
            supervisor.Tell(new GatherShadows(ids[^1]), TestActor);
            ExpectMsg<ShadowsGathered>();
        }

        supervisor.Tell(new GatherShadows(ids[0]), TestActor);
        Assert.IsType<RunNotFoundException>(ExpectMsg<Status.Failure>().Cause);
        supervisor.Tell(new GatherShadows(ids[1]), TestActor);
        Assert.Equal("b", Assert.Single(ExpectMsg<ShadowsGathered>().Shadows).Output);
    }

    private IActorRef Supervisor(IStrategy strategy) => Sys.ActorOf(
        StrategySupervisor.Props(new RegisterStrategy("strategy", () => strategy), strategy, Some.Settings, _surroundings));

    private async Task<IActorRef> SupervisorOfAHangingBranchAsync(IStrategy strategy)
    {
        var inside = new Gate();
        var supervisor = Supervisor(strategy);
        supervisor.Tell(new RunExperiment(async (_, _, _) =>
        {
            inside.Open();
            await new Gate().Opened;
            return null;
        }, Some.Configs("a")), TestActor);
        await inside.Opened;
        return supervisor;
    }

    private IEnumerable<BranchFinished> Finished()
    {
        while (_surroundings.Log.TryTake(out var item))
        {
            if (item is BranchFinished finished)
                yield return finished;
        }
    }
}
