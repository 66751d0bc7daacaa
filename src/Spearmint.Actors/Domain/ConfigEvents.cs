namespace Spearmint.Domain;

/// <summary>A change of what Spearmint lets reach a config.</summary>
public abstract class ConfigEvent : ExperimentEvent
{
    private protected ConfigEvent(string strategy, string configId, DateTimeOffset at)
    {
        Strategy = strategy;
        ConfigId = configId;
        At = at;
    }

    /// <summary>The name that the strategy is registered under: that of its experiment, where it has one.</summary>
    public string Strategy { get; }

    /// <summary>The id of the config.</summary>
    public string ConfigId { get; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>A config has failed too often: until a probe succeeds, its shadows are skipped and rotations pass it over.</summary>
public sealed class ConfigQuarantined : ConfigEvent
{
    internal ConfigQuarantined(string strategy, string configId, DateTimeOffset at, int failures, TimeSpan pause)
        : base(strategy, configId, at)
    {
        Failures = failures;
        Pause = pause;
    }

    /// <summary>Failures in the window; 1 when a probe failed.</summary>
    public int Failures { get; }

    /// <summary>How long before the next probe.</summary>
    public TimeSpan Pause { get; }
}

/// <summary>A probe of a quarantined config has succeeded: it runs again as it did before.</summary>
public sealed class ConfigReleased : ConfigEvent
{
    internal ConfigReleased(string strategy, string configId, DateTimeOffset at)
        : base(strategy, configId, at)
    {
    }
}
