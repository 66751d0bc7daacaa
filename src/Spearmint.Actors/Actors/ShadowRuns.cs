using Akka.Actor;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Runs by id, as long as their shadows can be asked for: all in progress and the last that ended. Touched by one supervisor alone.</summary>
internal sealed class ShadowRuns
{
    /// <summary>How many ended runs are remembered. They hold the outputs of their shadows, so it is few.</summary>
    public const int Remembered = 256;

    private readonly Dictionary<Guid, Run> _runs = [];
    private readonly Queue<Guid> _ended = new();

    private int _gatherers;

    /// <summary>Whether somebody waits for shadows.</summary>
    public bool AreAwaited => _gatherers > 0;

    public void Add(Run run, IActorRef sender)
    {
        if (!_runs.TryAdd(run.Id, run))
            throw new ArgumentException($"The run id {run.Id} is taken; every run needs one of its own.");
        if (run.IsOver)
            End(run, sender);
    }

    public Run? Find(Guid id) => _runs.GetValueOrDefault(id);

    /// <summary>Somebody waits for the shadows of a run.</summary>
    public void Gather(Run run, IActorRef gatherer)
    {
        (run.Gatherers ??= []).Add(gatherer);
        _gatherers++;
    }

    /// <summary>What there is to tell of a run whose shadows have ended and been compared.</summary>
    public static ShadowsGathered Gathered(Run run) => new(run.Id, run.EndedShadows(), run.Comparisons);

    /// <summary>The last shadow of a run has ended and been compared: whoever waits for them gets them.</summary>
    public void End(Run run, IActorRef sender)
    {
        if (run.IsRemembered)
            return;

        run.IsRemembered = true;
        foreach (var gatherer in run.Gatherers ?? [])
        {
            gatherer.Tell(Gathered(run), sender);
            _gatherers--;
        }

        run.Gatherers = null;
        _ended.Enqueue(run.Id);
        if (_ended.Count > Remembered)
            _runs.Remove(_ended.Dequeue());
    }
}
