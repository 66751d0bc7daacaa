using Spearmint.Domain;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads deadlines, limits and shares: the <see cref="StrategySettings"/> of an experiment.</summary>
internal static class SettingsReader
{
    /// <summary>The settings; null where a value is wrong, and the problems say which.</summary>
    public static StrategySettings? Read(Section? section, ConfigSet? configs)
    {
        var defaults = StrategySettings.Default;
        if (section is null)
            return defaults;

        var before = section.Problems.Count;
        var settings = defaults with
        {
            Deadline = section.Time("deadline") ?? defaults.Deadline,
            ShadowDeadline = section.Time("shadowDeadline"),
            MaxConcurrentShadows = section.Whole("maxConcurrentShadows", 0, int.MaxValue) ?? defaults.MaxConcurrentShadows,
            ShadowQueueLimit = section.Whole("shadowQueueLimit", 0, int.MaxValue) ?? defaults.ShadowQueueLimit,
            MaxConcurrentRuns = section.Whole("maxConcurrentRuns", 1, int.MaxValue),
            ShadowSampleRate = section.Number("shadowSampleRate", 0, 1) ?? defaults.ShadowSampleRate,
            ShadowsPaused = section.Flag("shadowsPaused", otherwise: false),
            NoiseRate = section.Number("noiseRate", 0, 1) ?? defaults.NoiseRate,
            Quarantine = Quarantine(section),
            Weights = Weights(section, configs),
            ShadowOrder = Order(section),
            ShadowOrderSeed = section.Whole("shadowOrderSeed", 0, int.MaxValue) ?? 0,
        };
        settings = WithParticipation(settings, section);
        section.Close();
        return section.Problems.Count == before ? settings : null;
    }

    private static QuarantineSettings Quarantine(Section section)
    {
        var defaults = QuarantineSettings.Default;
        if (section.Find("quarantine") is YamlScalarNode { Value: "off" })
            return QuarantineSettings.Off;
        if (section.Find("quarantine") is YamlScalarNode other)
        {
            section.Problems.Add(other, $"'quarantine' is {Kind.Of(other)} and must be off, or a mapping of keys such as failureLimit.");
            return defaults;
        }

        if (section.Part("quarantine") is not { } part)
            return defaults;

        var quarantine = defaults with
        {
            FailureLimit = part.Whole("failureLimit", 1, int.MaxValue) ?? defaults.FailureLimit,
            FailureShare = part.Number("failureShare", 0, 1) ?? defaults.FailureShare,
            Window = part.Time("window") ?? defaults.Window,
            Pause = part.Time("pause") ?? defaults.Pause,
            LongestPause = part.Time("longestPause") ?? defaults.LongestPause,
        };
        part.Close();
        return quarantine;
    }

    private static StrategySettings WithParticipation(StrategySettings settings, Section section)
    {
        if (section.Part("participation") is not { } part)
            return settings;

        var participation = new Participation
        {
            Share = part.Number("share", 0, 1) ?? 1,
            AllowedKeys = [.. part.Texts("allowedKeys")],
            DeniedKeys = [.. part.Texts("deniedKeys")],
            StartsAt = part.Moment("startsAt"),
            EndsAt = part.Moment("endsAt"),
        };
        part.Close();
        try
        {
            return settings with { Participation = participation };
        }
        catch (ArgumentException e)
        {
            section.Problems.Add(part.Node, Reason.Of(e));
            return settings;
        }
    }

    private static Dictionary<string, double> Weights(Section section, ConfigSet? configs)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in section.Entries("weights"))
        {
            if (configs is not null && configs.IndexOf(key.Value!) < 0)
                section.Problems.Add(key, $"No config has the id '{key.Value}'. Known: {string.Join(", ", configs.Select(config => config.Id))}.");
            if (section.NumberOf(value, key.Value!, 0, double.MaxValue) is { } weight)
                weights[key.Value!] = weight;
        }

        if (configs is { Count: > 0 } && !double.IsFinite(configs.Sum(config => weights.GetValueOrDefault(config.Id, 1))))
            section.Problems.Add(section.Find("weights")!, "The sum of the weights is no number that can be counted with; only their shares matter, so make them smaller.");
        else if (configs is { Count: > 0 } && configs.All(config => weights.GetValueOrDefault(config.Id, 1) == 0))
            section.Problems.Add(section.Find("weights")!, "Every config has the weight 0, so that none could be chosen; give one a weight above 0.");

        return weights;
    }

    private static ShadowOrder Order(Section section)
    {
        if (section.Find("shadowOrder") is not { } value)
            return StrategySettings.Default.ShadowOrder;

        var names = Enum.GetNames<ShadowOrder>();
        var text = value is YamlScalarNode scalar ? scalar.Value : null;
        if (names.FirstOrDefault(name => string.Equals(CamelCase(name), text, StringComparison.Ordinal)) is { } found)
            return Enum.Parse<ShadowOrder>(found);

        section.Problems.Add(value, $"'shadowOrder' is {Kind.Of(value)} and must be one of: {string.Join(", ", names.Select(CamelCase))}.");
        return StrategySettings.Default.ShadowOrder;
    }

    private static string CamelCase(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
