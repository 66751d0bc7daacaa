using Spearmint.Domain;
using Spearmint.Strategies;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads how an experiment runs its configs.</summary>
/// <param name="configs">The configs of the experiment; null where they could not be read.</param>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class StrategyReader(ConfigSet? configs, FileProblems problems)
{
    private static readonly Dictionary<string, Strategy> Plain = new[]
    {
        Strategy.RoundRobin, Strategy.StrictRoundRobin, Strategy.MultiBranch, Strategy.FirstSuccess, Strategy.Weighted, Strategy.Random, Strategy.Sticky,
    }.ToDictionary(strategy => strategy.Name);

    private static readonly string[] Known = ["shadow", .. Plain.Keys, "single_config", "hedge", "sampled", "pick"];

    /// <summary>Whether a run may be answered with all branches.</summary>
    public bool HasContainers { get; private set; }

    /// <summary>A name, or a mapping with a <c>type</c> and its options.</summary>
    public Strategy? Read(YamlNode node)
    {
        if (node is not (YamlScalarNode { Value: not null } or YamlMappingNode))
        {
            problems.Add(node, $"A strategy is {Kind.Of(node)} and must be a name such as shadow, or a mapping with a 'type'.");
            return null;
        }

        var mapping = node as YamlMappingNode ?? new YamlMappingNode { { "type", node } };
        var section = new Section(mapping, "'strategy'", problems, node);
        if (section.Find("type") is not { } type)
        {
            problems.Add(node, $"'strategy' has no 'type': one of {string.Join(", ", Known)}.");
            return null;
        }

        var strategy = section.TextOf(type, "type") is { } name ? Read(name, type, section) : null;
        if (node is YamlMappingNode && strategy is not null)
            section.Close();

        return strategy;
    }

    private Strategy? Read(string name, YamlNode type, Section section)
    {
        HasContainers |= name == Strategy.MultiBranch.Name;
        switch (name)
        {
            case "shadow":
                return Strategy.Shadow(ConfigId(section, "primary"));
            case "single_config":
                return Strategy.SingleConfig(ConfigId(section, "config"));
            case "hedge":
                return Hedge(section);
            case "sampled":
                return Sampled(section);
            case "pick":
                return Pick(section);
        }

        if (Plain.TryGetValue(name, out var plain))
            return plain;

        problems.Add(type, $"There is no strategy '{name}'. Known: {string.Join(", ", Known)}.");
        return null;
    }

    private string? ConfigId(Section section, string key)
    {
        if (section.Find(key) is not { } value || section.TextOf(value, key) is not { } id)
            return null;
        if (configs is null || configs.IndexOf(id) >= 0)
            return id;

        problems.Add(value, $"No config has the id '{id}'. Known: {string.Join(", ", configs.Select(config => config.Id))}.");
        return null;
    }

    private Strategy? Hedge(Section section)
    {
        if (section.Find("delay") is null)
            problems.Add(section.Place, "A hedge has no 'delay': how long each config waits for the one before it, such as 200ms.");

        return section.Time("delay") is { } delay ? Strategy.Hedge(delay) : null;
    }

    private Strategy? Sampled(Section section)
    {
        section.Require("rate", "the share of runs that the inner strategy plans, from 0 to 1.");
        var rate = section.Number("rate", 0, 1);
        var inner = section.Require("inner", "the strategy of the runs in the sample.") is { } node ? Read(node) : null;
        var other = section.Find("otherwise");
        var otherwise = other is null ? null : Read(other);
        return rate is { } share && inner is not null && (other is null || otherwise is not null) ? Strategy.Sampled(share, inner, otherwise) : null;
    }

    private Strategy? Pick(Section section)
    {
        section.Require("choices", "a list of {weight: 1, strategy: ...}.");
        var choices = new List<(double, Strategy)>();
        var nodes = section.List("choices");
        foreach (var node in nodes)
        {
            if (section.PartOf(node, "choices") is not { } choice)
                continue;

            var weight = choice.Number("weight", 0, double.MaxValue) ?? 1;
            if (choice.Require("strategy", "what plans the runs of this choice.") is { } inner && Read(inner) is { } strategy)
                choices.Add((weight, strategy));
            choice.Close();
        }

        if (choices.Count < nodes.Count || nodes.Count == 0)
        {
            if (nodes.Count == 0 && section.Find("choices") is { } empty)
                problems.Add(empty, "'choices' must have at least one {weight: 1, strategy: ...}.");
            return null;
        }

        try
        {
            return Strategy.Pick([.. choices]);
        }
        catch (ArgumentException e)
        {
            problems.Add(section.Place, Reason.Of(e));
            return null;
        }
    }
}
