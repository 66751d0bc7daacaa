using System.Text.RegularExpressions;
using Spearmint.Domain;
using Spearmint.Host.Front;
using Spearmint.Host.Targets;
using Spearmint.Strategies;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads a file of an experiment and checks all that can be checked before it runs.</summary>
internal sealed partial class DefinitionReader(TargetSurroundings surroundings)
{
    private static readonly IReadOnlyList<string> OfStrategies = new StrategyCatalogue().Names;

    /// <summary>The experiment; null where something is wrong.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="whoHas">Says who has a name already; null where it is free.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public ExperimentDefinition? Read(string text, Func<string, string?> whoHas, FileProblems problems)
    {
        if (YamlText.Read(text, problems) is not { } top)
            return null;

        var file = new Section(top, "The file", problems);
        var name = Name(file, whoHas);
        var description = file.Text("description") ?? "";
        var configs = ConfigsReader.Read(file);
        var strategies = new StrategyReader(configs, problems);
        var strategyNode = file.Require("strategy", "a name such as shadow, round_robin or multi_branch.");
        var strategy = strategyNode is null ? null : strategies.Read(strategyNode);
        var settings = SettingsReader.Read(file.Part("settings"), configs);
        var compare = CompareReader.Read(file, configs);
        var (recordOutput, recordInput) = Record(file);
        var front = Front(file, strategies);
        var target = TargetReader.Read(file, new TargetReading(surroundings, configs, problems), front is not null);
        file.Close();
        if (problems.Count > 0 || name is null || configs is null || strategy is null || settings is null || target is null)
            return null;

        return new ExperimentDefinition
        {
            Name = name,
            Description = description,
            Strategy = strategy,
            StrategyText = YamlJson.Of(strategyNode!, problems)!,
            Configs = configs,
            Settings = settings,
            RecordOutput = recordOutput,
            RecordInput = recordInput,
            Compare = compare,
            Target = target,
            Front = front,
        };
    }

    private static string? Name(Section file, Func<string, string?> whoHas)
    {
        if (file.RequireText("name", "letters, digits, '-', '_' and '.', such as shop.") is not { } name)
            return null;

        var node = file.Find("name")!;
        if (!NameText().IsMatch(name))
            file.Problems.Add(node, $"'name' is {Kind.Of(node)} and must be of letters, digits, '-', '_' and '.', begin with a letter or a digit and have at most 100 characters.");
        else if (OfStrategies.Contains(name))
            file.Problems.Add(node, $"'{name}' is the name of a strategy; give the experiment another.");
        else if (whoHas(name) is { } owner)
            file.Problems.Add(node, $"The name '{name}' is that of {owner}; give one of them another.");

        return name;
    }

    private static (bool Output, bool Input) Record(Section file)
    {
        if (file.Part("record") is not { } record)
            return (true, false);

        var recorded = (record.Flag("output", otherwise: true), record.Flag("input", otherwise: false));
        record.Close();
        return recorded;
    }

    private static FrontRules? Front(Section file, StrategyReader strategies)
    {
        if (file.Find("front") is not { } node)
            return null;

        var rules = new FrontRules(FrontRules.SafeMethods, KeyHeader: null);
        if (node is YamlScalarNode scalar && PlainValue.Flag(scalar) is { } flag)
        {
            if (!flag)
                return null;
        }
        else if (file.PartOf(node, "front") is { } section)
        {
            var methods = section.Find("shadowMethods") is null ? FrontRules.SafeMethods : section.Texts("shadowMethods");
            rules = new FrontRules(methods, section.Text("keyHeader"));
            section.Close();
        }

        if (strategies.HasContainers)
            file.Problems.Add(node, "A front answers with one response, and the strategy multi_branch answers with all branches; use shadow.");
        return rules;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._\-]{0,99}\z")]
    private static partial Regex NameText();
}
