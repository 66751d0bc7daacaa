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
        Receive<FunctionEnded>(OnFunctionEnded);
    }

    private void OnRunBranch(RunBranch work)
    {
        var begunAt = _clock.GetTimestamp();
        work.Begin(begunAt);
        if (!_pace.TryEnter())
        {
            _ = TellWhenEndedAsync(work, new ValueTask<BranchOutcome>(_ownThreads.Run(_ => CallAsync(work).AsTask(), work)), Self);
            return;
        }

        var call = CallAsync(work);
        _pace.Leave(begunAt);
        if (call.IsCompletedSuccessfully)
            End(work, call.GetAwaiter().GetResult());
        else
            _ = TellWhenEndedAsync(work, call, Self);
    }

    private void OnFunctionEnded(FunctionEnded ended) => End(ended.Work, ended.Outcome);

    private ValueTask<BranchOutcome> CallAsync(RunBranch work)
    {
        var request = work.Run.Request;
        var token = work.Identity.Role == BranchRole.Shadow ? CancellationToken.None : request.CancellationToken;
        return request.Function.CallAsync(new BranchContext(work.Identity, request.Input, token), _clock);
    }

    // what PipeTo does, without its closures; a call never fails
    private static async Task TellWhenEndedAsync(RunBranch work, ValueTask<BranchOutcome> call, IActorRef self) =>
        self.Tell(new FunctionEnded(work, await call), self);

    // the record first, which is cheap: whoever has the answer and then flushes the log finds the branch in it
    private void End(RunBranch work, BranchOutcome outcome)
    {
        var branch = Branch.Ended(work.Identity, outcome.Status, outcome.Duration, outcome.Output, outcome.Exception);
        Records.AddFinished(_log, work.Run, branch);
        Answers.TellPrimary(work.Run, branch, Self);
        _ended.Add(new BranchEnded(work, branch));
    }

    private sealed record FunctionEnded(RunBranch Work, BranchOutcome Outcome);
}
