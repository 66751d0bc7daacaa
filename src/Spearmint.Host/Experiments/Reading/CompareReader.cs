using Spearmint.Comparing;
using Spearmint.Domain;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads whether and how the branches of an experiment are compared.</summary>
internal static class CompareReader
{
    /// <summary>The rules; null where nothing is compared.</summary>
    public static ComparisonRules? Read(Section file, ConfigSet? configs)
    {
        if (file.Find("compare") is not { } node)
            return null;
        if (node is YamlScalarNode scalar && PlainValue.Flag(scalar) is { } flag)
            return flag ? ComparisonRules.Equality : null;
        if (file.Part("compare") is not { } section)
            return null;

        var rules = WithTolerance(ComparisonRules.For<object?, object?>(), section);
        foreach (var (key, value) in section.Entries("ignorePaths"))
        {
            if (section.TextOf(value, key.Value!) is not { } path)
                continue;

            try
            {
                rules = rules.IgnorePath(key.Value!, path);
            }
            catch (ArgumentException e)
            {
                file.Problems.Add(value, Reason.Of(e));
            }
        }

        if (section.Find("reference") is { } reference && section.TextOf(reference, "reference") is { } id)
        {
            if (configs is not null && configs.IndexOf(id) < 0)
                file.Problems.Add(reference, $"No config has the id '{id}'. Known: {string.Join(", ", configs.Select(config => config.Id))}.");
            else
                rules = rules.MeasuredBy(id);
        }

        section.Close();
        return rules;
    }

    private static ComparisonRules<object?, object?> WithTolerance(ComparisonRules<object?, object?> rules, Section section)
    {
        if (section.Find("tolerance") is YamlMappingNode node && section.PartOf(node, "tolerance") is { } part)
        {
            var absolute = part.Number("absolute", 0, double.MaxValue) ?? 0;
            var relative = part.Number("relative", 0, double.MaxValue) ?? 0;
            part.Close();
            return rules.CompareWithin(absolute, relative);
        }

        return section.Number("tolerance", 0, double.MaxValue) is { } tolerance ? rules.CompareWithin(tolerance) : rules;
    }
}
