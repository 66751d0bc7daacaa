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
        Stopping.Begin(work.Cancel, $"Config {work.Config.Id} of experiment {work.Experiment}", surroundings, logger);
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
}
