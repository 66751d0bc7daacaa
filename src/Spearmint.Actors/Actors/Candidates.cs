using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>
/// Starts the awaited branches of the runs of one strategy, together or one after the other, and answers those runs that have no primary.
/// Touched by its supervisor alone.
/// </summary>
/// <param name="runs">Starts and ends branches.</param>
/// <param name="self">The supervisor.</param>
/// <param name="surroundings">What all supervisors share.</param>
internal sealed class Candidates(RunsInProgress runs, IActorRef self, Surroundings surroundings)
{
    private bool _closed;
    private bool _isCutShort;

    /// <summary>Starts those awaited branches of a run that start with it.</summary>
    public void Start(Run run)
    {
        if (run.Plan.Stagger > TimeSpan.Zero)
            StartNext(run, started: 0);
        else if (run.Plan.IsInTurn)
            StartInTurn(run);
        else
            StartAll(run);
    }

    /// <summary>Starts the next awaited branch of a run that starts them one after the other, if it still is where it was.</summary>
    public void StartNext(Run run, int started)
    {
        if (run.IsAnswered || run.Started != started || started >= run.Plan.Branches.Length)
            return;

        run.Started++;
        runs.StartBranch(run, started, started == 0 ? run.StartedAt : surroundings.Clock.GetUtcNow());
        if (run.Started == run.Plan.Branches.Length)
            return;

        run.Stagger?.Dispose();
        run.Stagger = surroundings.Clock.CreateTimer(
            static message => ((StrategySupervisor.StaggerPassed)message!).Tell(),
            new StrategySupervisor.StaggerPassed(run, run.Started, self), run.Plan.Stagger, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An awaited branch that is not the primary has ended.</summary>
    public void End(Run run, Branch branch)
    {
        run.AwaitedLeft--;
        run.Request.Stream?.TryWrite(branch);
        if (run.IsAnswered)
            return;

        if (run.Plan.Answer == AnswerShape.Container)
            AnswerWhenAllHaveEnded(run);
        else if (run.Plan.IsInTurn)
            GoOnInTurn(run, branch);
        else if (branch.Status == BranchStatus.Success)
            AnswerWithFirst(run, branch);
        else
            GoOnAfterFailure(run);
    }

    /// <summary>A run has its answer: what has not been started never is.</summary>
    public void Leave(Run run)
    {
        if (run.Plan is { IsInTurn: false, Stagger.Ticks: 0 })
            return;

        run.Stagger?.Dispose();
        surroundings.Log.ExpectLess(run, run.Plan.Branches.Length - run.Begun);
    }

    /// <summary>No branch starts before its time any more.</summary>
    public void Close() => _closed = true;

    /// <summary>There is no time left for a branch that has not started.</summary>
    public void CutShort() => _isCutShort = true;

    private void StartAll(Run run)
    {
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (run.Plan.Branches[index].Role.IsAwaited())
                runs.StartBranch(run, index, run.StartedAt);
        }
    }

    private void StartInTurn(Run run)
    {
        var now = run.Begun == 0 ? run.StartedAt : surroundings.Clock.GetUtcNow();
        var isOver = _isCutShort || run.Started > run.Begun;
        run.Started = run.Begun + 1;

        // where the deadline of the run has passed, or that of a drain, the branch is there to say so
        if (isOver)
            runs.LeaveBranch(run, run.Begun, now, new OperationCanceledException("There was no time left when its turn came."));
        else
            runs.StartBranch(run, run.Begun, now);
    }

    // also while a drain goes on: what the first has done would be half done
    private void GoOnInTurn(Run run, Branch ended)
    {
        if (ended.Status == BranchStatus.Success && run.Begun < run.Plan.Branches.Length)
        {
            StartInTurn(run);
            return;
        }

        Answers.TellInTurn(run, self);
        runs.MarkAnswered(run);
    }

    private void AnswerWhenAllHaveEnded(Run run)
    {
        if (run.AwaitedLeft > 0)
            return;

        Answers.TellContainer(run, self);
        runs.MarkAnswered(run);
    }

    private void AnswerWithFirst(Run run, Branch first)
    {
        Answers.TellFirst(run, first, self);
        runs.MarkAnswered(run);
        runs.EndAwaited(run, BranchStatus.Cancelled, _ => new OperationCanceledException($"Config '{first.Config.Id}' answered first."));
    }

    // a branch that starts after another does not wait for its time when that one has failed before it
    private void GoOnAfterFailure(Run run)
    {
        if (!_closed && run.Plan.Stagger > TimeSpan.Zero)
            StartNext(run, run.Started);
        if (run.AwaitedLeft > 0)
            return;

        Answers.TellFailure(run, run.AwaitedAt(0)!.Ended!.Exception!, self);
        runs.MarkAnswered(run);
    }
}
