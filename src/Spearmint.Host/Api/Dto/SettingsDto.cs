using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Host.Api.Dto;

/// <summary>The settings that new runs of an experiment are planned with.</summary>
/// <param name="Version">1 at first, one more for each change of them or of those of the process. The ETag is the same.</param>
/// <param name="ShadowsPaused">Whether its shadows are skipped for now.</param>
/// <param name="ShadowSampleRate">The share of runs that have shadows, 0 to 1.</param>
/// <param name="NoiseRate">The share of runs with shadows in which the primary's config is run once more, 0 to 1.</param>
/// <param name="DeadlineMs">How long a caller waits at most, in milliseconds.</param>
/// <param name="ShadowDeadlineMs">How long a shadow may run, in milliseconds; null for as long as the deadline.</param>
/// <param name="MaxConcurrentShadows">How many shadows run at once.</param>
/// <param name="ShadowQueueLimit">How many shadows wait for one of those to end.</param>
/// <param name="MaxConcurrentRuns">How many runs wait for their answer at once; null for any number.</param>
/// <param name="Participation">Which runs take part.</param>
/// <param name="Weights">How often a weighted strategy chooses each config, by config id; 1 where it is not named.</param>
/// <param name="MigrationStage">Where a migration stands.</param>
internal sealed record SettingsDto(
    long Version, bool ShadowsPaused, double ShadowSampleRate, double NoiseRate, double DeadlineMs, double? ShadowDeadlineMs, int MaxConcurrentShadows,
    int ShadowQueueLimit, int? MaxConcurrentRuns, ParticipationDto Participation, IReadOnlyDictionary<string, double> Weights, MigrationStage MigrationStage)
{
    public static SettingsDto From(SettingsInForce inForce) => From(inForce.Version, inForce.Settings);

    public static SettingsDto From(long version, StrategySettings settings) => new(
        version, settings.ShadowsPaused, settings.ShadowSampleRate, settings.NoiseRate, settings.Deadline.TotalMilliseconds,
        settings.ShadowDeadline?.TotalMilliseconds, settings.MaxConcurrentShadows, settings.ShadowQueueLimit, settings.MaxConcurrentRuns,
        ParticipationDto.From(settings.Participation), settings.Weights, settings.MigrationStage);
}

/// <summary>Which runs take part in an experiment; the others run its baseline alone.</summary>
/// <param name="Share">The share of keys that take part, 0 to 1.</param>
/// <param name="AllowedKeys">Keys that take part whatever the share.</param>
/// <param name="DeniedKeys">Keys that never take part.</param>
/// <param name="StartsAt">No run takes part before; null for no such time.</param>
/// <param name="EndsAt">No run takes part from then on; null for no such time.</param>
internal sealed record ParticipationDto(
    double Share, IReadOnlyList<string> AllowedKeys, IReadOnlyList<string> DeniedKeys, DateTime? StartsAt, DateTime? EndsAt)
{
    public static ParticipationDto From(Participation participation) => new(
        participation.Share, [.. participation.AllowedKeys.Order(StringComparer.Ordinal)], [.. participation.DeniedKeys.Order(StringComparer.Ordinal)],
        participation.StartsAt?.UtcDateTime, participation.EndsAt?.UtcDateTime);
}

/// <summary>What holds for all experiments together.</summary>
/// <param name="ShadowsPaused">The kill switch: whether the shadows of every experiment are skipped for now.</param>
/// <param name="MaxConcurrentShadows">How many shadows run at once over all experiments.</param>
/// <param name="MaxAbandonedWorkers">How many functions may go on after their branch was ended without them.</param>
internal sealed record ProcessSettingsDto(bool ShadowsPaused, int MaxConcurrentShadows, int MaxAbandonedWorkers)
{
    public static ProcessSettingsDto From(SpearmintSettings settings) => new(settings.ShadowsPaused, settings.MaxConcurrentShadows, settings.MaxAbandonedWorkers);
}
