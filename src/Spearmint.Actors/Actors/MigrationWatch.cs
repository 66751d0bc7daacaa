using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// Takes a migration back a stage when too many of the latest reads differ between the stores. Touched by its supervisor alone.
/// </summary>
/// <param name="name">The name that the strategy is registered under.</param>
/// <param name="surroundings">What all supervisors share.</param>
/// <param name="logger">Is warned.</param>
/// <param name="moveTo">Puts another stage in force.</param>
internal sealed class MigrationWatch(string name, Surroundings surroundings, ILoggingAdapter logger, Action<MigrationStage> moveTo)
{
    private MigrationStage _stage;
    private MigrationGuard? _guard;
    private MismatchWindow? _window;
    private long _since;

    /// <summary>The settings in force. Another stage or another guard begins with an empty window.</summary>
    public void Obey(SettingsInForce settings)
    {
        if (settings.Settings.MigrationStage == _stage && settings.Settings.MigrationGuard == _guard)
            return;

        _stage = settings.Settings.MigrationStage;
        _guard = settings.Settings.MigrationGuard;
        _window = _guard is null ? null : new MismatchWindow(_guard.Window);
        _since = settings.Version;
    }

    /// <summary>A read has been compared. What could not be compared speaks neither for the new store nor against it.</summary>
    /// <param name="comparison">What came of it.</param>
    /// <param name="settingsVersion">The settings that the read was planned with: what was read before the window began tells nothing of this stage.</param>
    public void Note(Comparison comparison, long settingsVersion)
    {
        if (_window is null || comparison.IsNoise || comparison.Verdict == ComparisonVerdict.Error || settingsVersion < _since || Before(_stage) is not { } before)
            return;

        _window.Note(comparison.Verdict == ComparisonVerdict.Mismatch);
        if (_window.Exceeds(_guard!.MaxMismatchRate))
            StepBack(_stage, before, _window.Mismatches, _guard.Window);
    }

    // nothing is compared at the other stages
    private static MigrationStage? Before(MigrationStage stage) => stage switch
    {
        MigrationStage.Live => MigrationStage.Shadow,
        MigrationStage.Shadow => MigrationStage.DualWrite,
        _ => null,
    };

    private void StepBack(MigrationStage from, MigrationStage to, int mismatches, int window)
    {
        moveTo(to);
        surroundings.Log.Add(new MigrationSteppedBack(name, from, to, mismatches, window, surroundings.Clock.GetUtcNow()));
        logger.Warning("Migration {0} has gone back from {1} to {2}: {3} of the latest {4} reads differ", name, from, to, mismatches, window);
    }
}
