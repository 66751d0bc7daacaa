using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>What a strategy may look at when it plans a run.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Configs">The configs of the run: at least one.</param>
/// <param name="Input">The input of the run.</param>
/// <param name="Quarantined">Says whether a config is to be passed over for now; null where nothing ever is.</param>
public readonly record struct PlanRequest(
    Guid RunId, string Experiment, ConfigSet Configs, object? Input, Func<Config, bool>? Quarantined = null)
{
    private readonly StrategySettings? _settings;

    /// <summary>Whom the run is for, such as a user id; null when it is for nobody in particular.</summary>
    public string? Key { get; init; }

    /// <summary>The settings that the run is planned with.</summary>
    public StrategySettings Settings
    {
        get => _settings ?? StrategySettings.Default;
        init => _settings = value;
    }

    /// <summary>
    /// Whether a config has failed so often that a strategy with a choice does better to choose another. From the first question on, the
    /// awaited branches of the config are watched too. A config whose pause is over is free for one probe.
    /// </summary>
    /// <param name="config">One of <see cref="Configs"/>.</param>
    public bool IsQuarantined(Config config) => Quarantined?.Invoke(config) ?? false;
}
