using System.Runtime.ExceptionServices;
using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Runs one branch at a time. Should it die, its supervisor hears of it by death watch and ends the branch in its place.</summary>
internal sealed class BranchWorker : ReceiveActor
{
    private readonly LogInbox _log;
    private readonly EndedBranches _ended;
    private readonly Pace _pace;
    private readonly OwnThreads _ownThreads;
    private readonly TimeProvider _clock;

    public static Props Props(LogInbox log, EndedBranches ended, Pace pace, OwnThreads ownThreads, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new BranchWorker(log, ended, pace, ownThreads, clock));

    public BranchWorker(LogInbox log, EndedBranches ended, Pace pace, OwnThreads ownThreads, TimeProvider clock)
    {
        _log = log;
        _ended = ended;
        _pace = pace;
        _ownThreads = ownThreads;
        _clock = clock;
        Receive<RunBranch>(OnRunBranch);
        Receive<CallCrashed>(crash => ExceptionDispatchInfo.Throw(crash.Cause));
    }

    private void OnRunBranch(RunBranch work)
    {
        var begunAt = _clock.GetTimestamp();
        if (!work.TryBegin(begunAt))
            return;

        _log.Add(work.Run, new BranchStarted(work.Identity));
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

    private ValueTask<BranchOutcome> CallAsync(RunBranch work)
    {
        var request = work.Run.Request;
        var token = work.Identity.Role == BranchRole.Shadow ? CancellationToken.None : request.CancellationToken;
        return request.Function.CallAsync(new BranchContext(work.Identity, request.Input, token), _clock);
    }

    // On any thread: it reads only what never changes and what is made for many threads. The record comes before the answer, so that whoever
    // has the answer and then flushes the log finds the branch in it.
    private void End(RunBranch work, BranchOutcome outcome, IActorRef self)
    {
        var branch = Branch.Ended(work.Identity, outcome.Status, outcome.Duration, outcome.Output, outcome.Exception);
        var finished = Records.Finished(work.Run, branch);
        if (!work.TryClaimEnd())
            return;

        _log.Add(work.Run, finished);
        Answers.TellPrimary(work.Run, branch, self);
        work.Ended = branch;
        _ended.Add(work);
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
                self.Tell(new CallCrashed(e), self);
            }
        }
    }

    private sealed record CallCrashed(Exception Cause);
}
