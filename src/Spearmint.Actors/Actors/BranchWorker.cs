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
        Receive<PendingCall>(OnCallEnded);
    }

    private void OnRunBranch(RunBranch work)
    {
        var begunAt = _clock.GetTimestamp();
        work.Begin(begunAt);
        Records.AddStarted(_log, work.Run, work.Identity);
        if (!_pace.TryEnter())
        {
            new PendingCall(work, new ValueTask<BranchOutcome>(_ownThreads.Run(_ => CallAsync(work).AsTask(), work)), Self).TellWhenEnded();
            return;
        }

        var call = CallAsync(work);
        _pace.Leave(begunAt);
        if (call.IsCompletedSuccessfully)
            End(work, call.GetAwaiter().GetResult());
        else
            new PendingCall(work, call, Self).TellWhenEnded();
    }

    private void OnCallEnded(PendingCall pending) => End(pending.Work, pending.Outcome);

    private ValueTask<BranchOutcome> CallAsync(RunBranch work)
    {
        var request = work.Run.Request;
        var token = work.Identity.Role == BranchRole.Shadow ? CancellationToken.None : request.CancellationToken;
        return request.Function.CallAsync(new BranchContext(work.Identity, request.Input, token), _clock);
    }

    // the record first, which is cheap: whoever has the answer and then flushes the log finds the branch in it
    private void End(RunBranch work, BranchOutcome outcome)
    {
        var branch = Branch.Ended(work.Identity, outcome.Status, outcome.Duration, outcome.Output, outcome.Exception);
        Records.AddFinished(_log, work.Run, branch);
        Answers.TellPrimary(work.Run, branch, Self);
        work.Ended = branch;
        _ended.Add(work);
    }

    /// <summary>A call that has not ended yet: tells itself to its worker when it has. What PipeTo does, in one object.</summary>
    private sealed class PendingCall(RunBranch work, ValueTask<BranchOutcome> call, IActorRef worker)
    {
        public RunBranch Work { get; } = work;

        public BranchOutcome Outcome => call.GetAwaiter().GetResult();

        public void TellWhenEnded() => call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Tell);

        private void Tell() => worker.Tell(this, worker);
    }
}
