using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Runs one branch at a time. Should it die, its supervisor hears of it by death watch and ends the branch in its place.</summary>
internal sealed class BranchWorker : ReceiveActor
{
    private readonly Surroundings _surroundings;
    private readonly EndedBranches _ended;
    private readonly Pace _pace;
    private readonly OwnThreads _ownThreads;
    private readonly ILoggingAdapter _logger = Context.GetLogger();

    public static Props Props(Surroundings surroundings, EndedBranches ended, Pace pace, OwnThreads ownThreads) =>
        Akka.Actor.Props.Create(() => new BranchWorker(surroundings, ended, pace, ownThreads));

    public BranchWorker(Surroundings surroundings, EndedBranches ended, Pace pace, OwnThreads ownThreads)
    {
        _surroundings = surroundings;
        _ended = ended;
        _pace = pace;
        _ownThreads = ownThreads;
        Receive<RunBranch>(OnRunBranch);
        Receive<CallCrashed>(crash => ExceptionDispatchInfo.Throw(crash.Cause));
    }

    private void OnRunBranch(RunBranch work)
    {
        if (!work.TryBegin())
            return;

        var begunAt = _surroundings.Clock.GetTimestamp();
        if (!_pace.TryEnter())
        {
            new PendingCall(this, Self, work, new ValueTask<BranchOutcome>(_ownThreads.Run(_ => CallAsync(work).AsTask(), work))).EndLater();
            return;
        }

        var call = CallAsync(work);
        _pace.Leave(begunAt);
        if (call.IsCompletedSuccessfully)
            End(work, call.GetAwaiter().GetResult(), Self);
        else
            new PendingCall(this, Self, work, call).EndLater();
    }

    private ValueTask<BranchOutcome> CallAsync(RunBranch work) => work.Run.Request.Function.CallAsync(work, _surroundings.Clock);

    // On any thread: it reads only what never changes and what is made for many threads. The branch is left for the supervisor before the
    // answer, so that whoever has the answer and then asks for the account finds it there.
    private void End(RunBranch work, BranchOutcome outcome, IActorRef self)
    {
        if (work.HasScope)
            _ = _surroundings.Chores.Run(_ => DisposeScopeAsync(work), work);

        var branch = Branch.Ended(work.Identity, outcome.Status, outcome.Duration, outcome.Output, outcome.Exception, work.Reported);
        var finished = Ends.Record(work.Run, branch);
        if (!work.TryClaimEnd())
        {
            // the supervisor has recorded the end, and records this after it
            work.Late = new BranchLate(work.Identity, outcome, branch.Metrics);
            _ended.Add(work);
            _ended.WakeFor(work);
            return;
        }

        Ends.Note(work, branch, finished, _surroundings);
        _ended.Add(work);
        Answers.TellPrimary(work.Run, branch, self);
        _ended.WakeFor(work);
    }

    private async Task<bool> DisposeScopeAsync(BranchContext context)
    {
        try
        {
            await context.DisposeScopeAsync();
        }
        catch (Exception e)
        {
            // the services are the user's code, and the branch is over
            _logger.Warning("The services of config {0} of experiment {1} could not be disposed: {2}", context.Config.Id, context.Experiment, e);
        }

        return true;
    }

    /// <summary>A call that has not ended yet. It ends its branch where it ends: by way of the mailbox the answer would come later.</summary>
    private sealed class PendingCall(BranchWorker worker, IActorRef self, RunBranch work, ValueTask<BranchOutcome> call)
    {
        public void EndLater() => call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(End);

        private void End()
        {
            try
            {
                worker.End(work, call.GetAwaiter().GetResult(), self);
            }
            catch (Exception e)
            {
                // a bug of ours: the worker dies of it, and its supervisor ends the branch
                work.IsCallOver = true;
                self.Tell(new CallCrashed(e), self);
            }
        }
    }

    private sealed record CallCrashed(Exception Cause);
}
