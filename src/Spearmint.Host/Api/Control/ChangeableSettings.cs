using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Host.Api.Control;

/// <summary>What of the settings can be changed over HTTP, by the names of the members.</summary>
internal static class ChangeableSettings
{
    private static readonly Dictionary<string, Func<Participation, JsonElement, Participation>> OfParticipation = new()
    {
        ["share"] = (participation, value) => participation with { Share = Member.Number("participation.share", value) },
        ["step"] = (participation, value) => value.ValueKind == JsonValueKind.String && value.GetString() is "up" or "down"
            ? value.GetString() == "up" ? participation.StepUp() : participation.StepDown()
            : throw Member.Wrong("participation.step", value, "\"up\" or \"down\""),
        ["allowedKeys"] = (participation, value) => participation with { AllowedKeys = [.. Member.Texts("participation.allowedKeys", value)] },
        ["deniedKeys"] = (participation, value) => participation with { DeniedKeys = [.. Member.Texts("participation.deniedKeys", value)] },
        ["startsAt"] = (participation, value) => participation with { StartsAt = Member.TimeOrNull("participation.startsAt", value) },
        ["endsAt"] = (participation, value) => participation with { EndsAt = Member.TimeOrNull("participation.endsAt", value) },
    };

    public static IReadOnlyDictionary<string, Func<StrategySettings, JsonElement, StrategySettings>> OfExperiment { get; } =
        new Dictionary<string, Func<StrategySettings, JsonElement, StrategySettings>>
        {
            ["shadowsPaused"] = (settings, value) => settings with { ShadowsPaused = Member.Flag("shadowsPaused", value) },
            ["shadowSampleRate"] = (settings, value) => settings with { ShadowSampleRate = Member.Number("shadowSampleRate", value) },
            ["noiseRate"] = (settings, value) => settings with { NoiseRate = Member.Number("noiseRate", value) },
            ["deadlineMs"] = (settings, value) => settings with { Deadline = Member.Milliseconds("deadlineMs", value) },
            ["shadowDeadlineMs"] = (settings, value) => settings with { ShadowDeadline = Member.MillisecondsOrNull("shadowDeadlineMs", value) },
            ["maxConcurrentShadows"] = (settings, value) => settings with { MaxConcurrentShadows = Member.Whole("maxConcurrentShadows", value) },
            ["shadowQueueLimit"] = (settings, value) => settings with { ShadowQueueLimit = Member.Whole("shadowQueueLimit", value) },
            ["maxConcurrentRuns"] = (settings, value) => settings with { MaxConcurrentRuns = Member.WholeOrNull("maxConcurrentRuns", value) },
            ["participation"] = (settings, value) => settings with { Participation = Change<Participation>.Read(value, OfParticipation).Apply(settings.Participation) },
            ["weights"] = (settings, value) => settings with { Weights = Weights(settings.Weights, value) },
            ["migrationStage"] = (settings, value) => settings with { MigrationStage = Member.OneOf<MigrationStage>("migrationStage", value) },
        };

    public static IReadOnlyDictionary<string, Func<SpearmintSettings, JsonElement, SpearmintSettings>> OfProcess { get; } =
        new Dictionary<string, Func<SpearmintSettings, JsonElement, SpearmintSettings>>
        {
            ["shadowsPaused"] = (settings, value) => settings with { ShadowsPaused = Member.Flag("shadowsPaused", value) },
            ["maxConcurrentShadows"] = (settings, value) => settings with { MaxConcurrentShadows = Member.Whole("maxConcurrentShadows", value) },
            ["maxAbandonedWorkers"] = (settings, value) => settings with { MaxAbandonedWorkers = Member.Whole("maxAbandonedWorkers", value) },
        };

    // null takes a weight away, as a merge does
    private static Dictionary<string, double> Weights(IReadOnlyDictionary<string, double> weights, JsonElement change)
    {
        var changed = weights.ToDictionary(StringComparer.Ordinal);
        foreach (var weight in Member.Object("weights", change).EnumerateObject())
        {
            if (weight.Value.ValueKind == JsonValueKind.Null)
                changed.Remove(weight.Name);
            else
                changed[weight.Name] = Member.Number($"weights.{weight.Name}", weight.Value);
        }

        return changed;
    }
}
