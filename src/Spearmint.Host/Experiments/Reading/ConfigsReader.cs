using Spearmint.Domain;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads the configs of an experiment: a list of them, or one mapping with sweeps.</summary>
internal static class ConfigsReader
{
    private const string Id = "id";

    /// <summary>The configs; null where they cannot be read, and the problems say why.</summary>
    public static ConfigSet? Read(Section file)
    {
        if (file.Require("configs", "a list of {id, values...}, or a mapping of values with sweeps.") is not { } node)
        {
            file.Find("secrets");
            return null;
        }

        var problems = file.Problems;
        var before = problems.Count;
        var configs = new List<Config>();
        if (node is YamlSequenceNode list)
            ReadList(list, configs, problems);
        else if (node is YamlMappingNode mapping)
            configs.AddRange(ReadOne(mapping, new ConfigCount(), problems));
        else
            problems.Add(node, $"'configs' is {Kind.Of(node)} and must be a list of {{id, values...}}, or a mapping of values with sweeps.");

        if (problems.Count == before && configs.Count == 0)
            problems.Add(node, "'configs' is empty; an experiment has at least one config.");
        var marked = MarkSecrets(file, configs);
        return problems.Count == before ? new ConfigSet(marked) : null;
    }

    private static void ReadList(YamlSequenceNode list, List<Config> configs, FileProblems problems)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        var count = new ConfigCount();
        foreach (var item in list.Children)
        {
            if (item is not YamlMappingNode mapping)
            {
                problems.Add(item, $"A config is {Kind.Of(item)} and must be a mapping of values.");
                continue;
            }

            foreach (var config in ReadOne(mapping, count, problems))
            {
                if (lines.TryAdd(config.Id, item.Start.Line))
                    configs.Add(config);
                else
                    problems.Add(item, $"Two configs have the id '{config.Id}' (the other is in line {lines[config.Id]}). Give one of them another id, or leave one out.");
            }

            if (count.IsOver)
                return;
        }
    }

    private static IReadOnlyList<Config> ReadOne(YamlMappingNode mapping, ConfigCount count, FileProblems problems)
    {
        var idNode = mapping.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: Id }).Value;
        var id = idNode is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;
        if (idNode is not null && string.IsNullOrWhiteSpace(id))
        {
            problems.Add(idNode, $"'id' is {Kind.Of(idNode)} and must be a text; leave it out to have one made from the values.");
            return [];
        }

        if (YamlJson.Of(mapping, problems, without: Id) is not { } json)
            return [];

        if (count.Add(json) is { } tooMany)
        {
            problems.Add(mapping, tooMany);
            return [];
        }

        try
        {
            if (id is null)
                return Config.ExpandJson(json);

            return [Config.FromJson(json, id)];
        }
        catch (ArgumentException e)
        {
            problems.Add(mapping, id is not null && e.Message.Contains("sweep", StringComparison.Ordinal)
                ? $"Config '{id}' has an id and a sweep, which stands for several configs; leave the id out."
                : Reason.Of(e));
            return [];
        }
    }

    private static List<Config> MarkSecrets(Section file, List<Config> configs)
    {
        foreach (var item in file.List("secrets"))
        {
            if (file.TextOf(item, "secrets") is not { } path)
                continue;

            var found = false;
            for (var index = 0; index < configs.Count; index++)
            {
                try
                {
                    configs[index] = configs[index].WithSecrets(path);
                    found = true;
                }
                catch (KeyNotFoundException)
                {
                    // the values of another config may have it
                }
            }

            if (!found)
                file.Problems.Add(item, $"No config has a value at '{path}'. A path is written with dots, such as llm.apiKey.");
        }

        return configs;
    }
}
