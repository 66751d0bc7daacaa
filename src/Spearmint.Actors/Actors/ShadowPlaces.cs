using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>The places for shadows and comparisons of one strategy, and the queue for them. Touched by its supervisor alone.</summary>
/// <param name="ended">Has to say what ends when somebody waits for it.</param>
/// <param name="load">The places of all strategies together.</param>
internal sealed class ShadowPlaces(EndedBranches ended, ProcessLoad load)
{
    private readonly Queue<Waiter> _waiting = new();
    private SettingsInForce _settings = null!;
    private int _taken;

    public int Waiting => _waiting.Count;

    public bool IsFull => _taken >= _settings.Settings.MaxConcurrentShadows;

    /// <summary>Whether there is something to decide about those that wait: there is room, none of them may run, or more wait than may.</summary>
    public bool CanDecide =>
        !IsFull || _settings.Settings.ShadowsPaused || _settings.Common.ShadowsPaused || _waiting.Count > _settings.Settings.ShadowQueueLimit;

    public void Obey(SettingsInForce settings) => _settings = settings;

    /// <summary>Takes a place of the strategy, of which there is one, and one of all, unless these are taken.</summary>
    public bool TryTake()
    {
        if (!load.TryAddShadow(_settings.Common.MaxConcurrentShadows))
            return false;

        _taken++;
        return true;
    }

    /// <summary>Frees a place of the strategy: that of all was freed where the shadow, or its comparison, ended.</summary>
    public void Free() => _taken--;

    /// <summary>Frees a place of the strategy and one of all.</summary>
    public void FreeOfProcess()
    {
        _taken--;
        load.RemoveShadow();
    }

    /// <summary>Lines up, unless the queue is full. What has ended just before is to be looked at after this.</summary>
    public bool TryWait(Waiter next)
    {
        if (_waiting.Count >= _settings.Settings.ShadowQueueLimit)
            return false;

        _waiting.Enqueue(next);
        ended.Awaited = true;
        return true;
    }

    public bool TryTakeWaiting(out Waiter next) => _waiting.TryDequeue(out next);
}

/// <summary>A shadow to start, or a branch to compare.</summary>
/// <param name="Run">The run.</param>
/// <param name="Index">The place of the branch in its plan.</param>
/// <param name="Compared">The branch to compare; null for a shadow to start.</param>
internal readonly record struct Waiter(Run Run, int Index, RunBranch? Compared);
