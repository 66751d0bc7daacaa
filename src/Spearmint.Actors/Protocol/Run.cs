using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Protocol;

/// <summary>What belongs to one run. It travels inside the run's messages; what can change is touched by the supervisor alone.</summary>
internal sealed class Run
{
    private readonly Branch?[]? _ended;

    public Run(Guid id, RunExperiment request, RunPlan plan, IActorRef replyTo)
    {
        Id = id;
        Request = request;
        Plan = plan;
        ReplyTo = replyTo;
        OwnSink = request.Sink is null ? null : new RunSink(id, request.Sink, plan.Branches.Length);
        if (plan.Branches.Length == 1 && plan.Answer == AnswerShape.Output)
            return;

        _ended = new Branch?[plan.Branches.Length];
        foreach (var branch in plan.Branches)
        {
            if (branch.Role == BranchRole.Shadow)
                ShadowsLeft++;
            else
                AwaitedLeft++;
        }
    }

    public Guid Id { get; }

    public RunExperiment Request { get; }

    public RunPlan Plan { get; }

    public IActorRef ReplyTo { get; }

    public RunSink? OwnSink { get; }

    public int AwaitedLeft { get; private set; }

    public int ShadowsLeft { get; private set; }

    public List<IActorRef>? Gatherers { get; set; }

    /// <summary>Keeps an ended branch until the others of its kind have ended too.</summary>
    public void Keep(int index, Branch branch)
    {
        if (_ended is null)
            return;

        _ended[index] = branch;
        if (branch.Role == BranchRole.Shadow)
            ShadowsLeft--;
        else
            AwaitedLeft--;
    }

    public BranchContainer Awaited() => new(_ended!.Where(branch => branch is { Role: not BranchRole.Shadow })!);

    public BranchContainer Shadows() =>
        _ended is null ? BranchContainer.Empty : new BranchContainer(_ended.Where(branch => branch is { Role: BranchRole.Shadow })!);
}
