using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Targets;

/// <summary>What the readers of targets share while they read one file.</summary>
/// <param name="surroundings">What is outside of the file.</param>
/// <param name="configs">The configs of the file; null where they could not be read.</param>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class TargetReading(TargetSurroundings surroundings, ConfigSet? configs, FileProblems problems)
{
    private readonly HashSet<string> _secrets = [];

    public TargetSurroundings Surroundings => surroundings;

    public ConfigSet? Configs => configs;

    public FileProblems Problems => problems;

    /// <summary>The values of all variables that were read so far.</summary>
    public Secrets Secrets => new(_secrets);

    /// <summary>The value of a variable of the environment, from now on a secret; null where it is not set, and the problems say so.</summary>
    public string? Variable(string name, YamlNode node)
    {
        if (surroundings.Variable(name) is { } value)
        {
            _secrets.Add(value);
            return value;
        }

        problems.Add(node, $"The environment of the service has no variable '{name}'.");
        return null;
    }

    public JsonPath? Path(YamlNode node, string text)
    {
        try
        {
            return JsonPath.Parse(text);
        }
        catch (FormatException e)
        {
            problems.Add(node, e.Message);
            return null;
        }
    }

    public ResponseRules Response(Section? section)
    {
        var output = section?.Find("output") is { } node && section.TextOf(node, "output") is { } text ? Path(node, text) : null;
        var metrics = new List<(string, JsonPath)>();
        foreach (var (key, value) in section?.Entries("metrics") ?? [])
        {
            if (section!.TextOf(value, key.Value!) is { } place && Path(value, place) is { } path)
                metrics.Add((key.Value!, path));
            if (key.Value!.Length > 100)
                problems.Add(key, "The name of a metric has at most 100 characters.");
            if (metrics.Count == 65)
                problems.Add(key, "At most 64 metrics are reported.");
        }

        return new ResponseRules(output, metrics);
    }
}
