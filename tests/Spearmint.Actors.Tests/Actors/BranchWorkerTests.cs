using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class BranchWorkerTests : TestKit
{
    private readonly Surroundings _surroundings = Some.Surroundings();
    private readonly EndedBranches _ended;
    private readonly Pace _pace = new(TimeProvider.System, new InlinePlaces());
    private readonly IActorRef _worker;

    public BranchWorkerTests()
    {
        _ended = new EndedBranches(TestActor) { Awaited = true };
        _worker = Sys.ActorOf(BranchWorker.Props(_surroundings, _ended, _pace, new OwnThreads(_pace, TimeProvider.System)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_primary_is_answered_recorded_and_handed_back(bool inline)
    {
        if (inline)
            ProveQuick();
        var asker = CreateTestProbe();

        _worker.Tell(Work(Some.ConfigId, asker));

        Assert.Equal("a", asker.ExpectMsg<ExperimentResult>().Output);
        var ended = ExpectEnded();
        Assert.Equal(BranchStatus.Success, ended.Status);
        Assert.True(_surroundings.Log.TryTake(out var happened));
        Assert.Equal(ended.BranchId, Assert.IsType<BranchFinished>(happened).BranchId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_function_that_throws_is_a_failed_branch_and_the_worker_lives(bool inline)
    {
        if (inline)
            ProveQuick();

        _worker.Tell(Work((_, _, _) => throw new IOException()));
        Assert.Equal(BranchStatus.Failed, ExpectEnded().Status);

        _worker.Tell(Work(Some.ConfigId));
        Assert.Equal(BranchStatus.Success, ExpectEnded().Status);
    }

    [Fact]
    public void A_function_without_a_task_is_a_failed_branch()
    {
        _worker.Tell(Work((_, _, _) => null!));

        Assert.Equal(BranchStatus.Failed, ExpectEnded().Status);
    }

    [Fact]
    public void An_input_of_another_type_is_a_failed_branch()
    {
        var function = ExperimentFunction.From<int, int>((input, _, _) => Task.FromResult(input));

        _worker.Tell(Work(function, input: "text"));

        Assert.IsType<InvalidCastException>(ExpectEnded().Exception);
    }

    [Fact]
    public void An_operation_cancelled_without_the_callers_token_is_a_failure()
    {
        _worker.Tell(Work((_, _, _) => throw new OperationCanceledException()));

        Assert.Equal(BranchStatus.Failed, ExpectEnded().Status);
    }

    [Fact]
    public void An_output_that_cannot_be_written_as_json_is_a_success_and_its_record_says_so()
    {
        _worker.Tell(Work(ExperimentFunction.From(_ => Task.FromResult<object?>((Action)(() => { }))), recordOutput: true));

        Assert.Equal(BranchStatus.Success, ExpectEnded().Status);
        Assert.True(_surroundings.Log.TryTake(out var happened));
        Assert.Contains("not recorded", Assert.IsType<BranchFinished>(happened).Output!.Value.GetString());
    }

    [Fact]
    public void A_very_large_output_is_a_success_and_its_record_says_how_large()
    {
        _worker.Tell(Work(ExperimentFunction.From(_ => Task.FromResult(new string('x', 100_000))), recordOutput: true));

        Assert.Equal(BranchStatus.Success, ExpectEnded().Status);
        Assert.True(_surroundings.Log.TryTake(out var happened));
        Assert.Contains("100002 bytes", Assert.IsType<BranchFinished>(happened).Output!.Value.GetString());
    }

    [Fact]
    public void A_branch_that_its_supervisor_has_begun_to_end_is_not_called()
    {
        var calls = 0;
        var work = Work((_, _, _) => Task.FromResult<object?>(++calls));
        Assert.True(work.TryBegin());
        _worker.Tell(work);

        // the worker handles one message after the other: when this one has ended, that one was left alone
        _worker.Tell(Work(Some.ConfigId));
        ExpectEnded();
        Assert.Equal(0, calls);
    }

    private void ProveQuick()
    {
        for (var piece = 0; piece < 64; piece++)
            _pace.Observe(TimeSpan.Zero);
    }

    private Branch ExpectEnded()
    {
        ExpectMsg<TakeEndedBranches>();
        Assert.True(_ended.TryTake(out var ended));
        return ended!.Ended!;
    }

    private RunBranch Work(Func<object?, Config, CancellationToken, Task<object?>> function, IActorRef? asker = null) =>
        Work(ExperimentFunction.From(function), asker: asker);

    private RunBranch Work(ExperimentFunction function, object? input = null, IActorRef? asker = null, bool recordOutput = false)
    {
        var config = Some.Config("a");
        var request = new RunExperiment(function, [config], input) { RecordOutput = recordOutput };
        var run = Some.Run(request, asker ?? CreateTestProbe());
        var identity = new BranchIdentity(run.Id, Guid.NewGuid(), "experiment", "strategy", config, BranchRole.Primary, DateTimeOffset.UnixEpoch);
        return new RunBranch(run, 0, identity, startedAt: 0);
    }
}
