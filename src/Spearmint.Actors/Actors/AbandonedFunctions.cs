using Akka.Event;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>The functions of one strategy that go on although their branch has ended. Touched by its supervisor alone.</summary>
internal sealed class AbandonedFunctions(StrategyLedger ledger, Surroundings surroundings, ILoggingAdapter logger)
{
    /// <summary>How many of them somebody had waited for.</summary>
    public int Awaited { get; private set; }

    /// <summary>A branch has ended without its function, which is told to stop.</summary>
    public void Add(RunBranch work)
    {
        ledger[work.Config].Abandon();
        surroundings.Load.AddAbandoned();
        if (work.Role.IsAwaited())
            Awaited++;
        _ = surroundings.Chores.Run(_ => CancelAsync(work), work);
    }

    /// <summary>The function has ended at last.</summary>
    public void ComeBack(RunBranch work, BranchLate late)
    {
        ledger[work.Config].ComeBackLate();
        Remove(work);
        surroundings.Telemetry.CameBackLate(work.Experiment, work.Config.Id);
        surroundings.Log.Add(work.Run, late);
    }

    /// <summary>The function is over, and nothing will be heard of it.</summary>
    public void Forget(RunBranch work)
    {
        ledger[work.Config].Forget();
        Remove(work);
    }

    private void Remove(RunBranch work)
    {
        surroundings.Load.RemoveAbandoned();
        if (work.Role.IsAwaited())
            Awaited--;
    }

    // what a function has registered on its token is its own code: it may block and throw
    private Task<bool> CancelAsync(BranchContext context)
    {
        try
        {
            context.Cancel();
        }
        catch (AggregateException e)
        {
            logger.Warning("Config {0} of experiment {1} threw when it was cancelled: {2}", context.Config.Id, context.Experiment, e);
        }

        return Task.FromResult(true);
    }
}
