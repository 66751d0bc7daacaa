using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// Changes the settings of a strategy while it runs. Told to its supervisor, or to the root actor with a <see cref="StrategyName"/>. Runs
/// that the supervisor has planned already keep the settings that they were planned with.
/// </summary>
/// <remarks>Answered with the new <see cref="SettingsInForce"/>, or with what the change threw: then nothing has changed.</remarks>
/// <param name="Change">Makes the new settings of those in force.</param>
public sealed record ChangeSettings(Func<StrategySettings, StrategySettings> Change)
{
    /// <summary>The strategy: needed by the root actor, ignored by a strategy supervisor.</summary>
    public string? StrategyName { get; init; }
}

/// <summary>Asks for the settings of a strategy. Told and answered as <see cref="ChangeSettings"/> is.</summary>
public sealed record GetSettings
{
    /// <summary>The strategy: needed by the root actor, ignored by a strategy supervisor.</summary>
    public string? StrategyName { get; init; }
}

/// <summary>The settings that new runs of a strategy are planned with.</summary>
/// <param name="Version">1 at first, and one more for each change of <paramref name="Settings"/> or <paramref name="Common"/>. Results, branches and events carry it.</param>
/// <param name="Settings">The settings of the strategy.</param>
/// <param name="Common">The settings that hold for all strategies.</param>
public sealed record SettingsInForce(long Version, StrategySettings Settings, SpearmintSettings Common);

/// <summary>Changes what holds for all strategies together, while they run. Told to the root actor.</summary>
/// <remarks>Answered with the new <see cref="SpearmintSettings"/> once every strategy has them, or with what the change threw: then nothing has changed.</remarks>
/// <param name="Change">Makes the new settings of those in force.</param>
public sealed record ChangeSpearmintSettings(Func<SpearmintSettings, SpearmintSettings> Change);

/// <summary>Asks for the <see cref="SpearmintSettings"/>. Told to the root actor.</summary>
public sealed record GetSpearmintSettings
{
    /// <summary>The message.</summary>
    public static GetSpearmintSettings Instance { get; } = new();
}
