using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>A mapping of a file, read key by key. What is not asked for is unknown.</summary>
/// <param name="node">The mapping.</param>
/// <param name="name">What it is called in errors, such as <c>settings</c>.</param>
/// <param name="problems">Gets what is wrong.</param>
/// <param name="place">Where it is in the file; null for where the mapping is.</param>
internal sealed class Section(YamlMappingNode node, string name, FileProblems problems, YamlNode? place = null)
{
    private readonly List<string> _known = [];

    public YamlMappingNode Node => node;

    public YamlNode Place => place ?? node;

    public string Name => name;

    public FileProblems Problems => problems;

    /// <summary>The value of a key; null where it is not there or says nothing.</summary>
    public YamlNode? Find(string key)
    {
        if (!_known.Contains(key))
            _known.Add(key);
        foreach (var (each, value) in node.Children)
        {
            if (each is YamlScalarNode scalar && scalar.Value == key)
                return value is YamlScalarNode empty && PlainValue.IsNull(empty) ? null : value;
        }

        return null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public YamlNode? Require(string key, string needed)
    {
        var value = Find(key);
        if (value is null)
            problems.Add(Place, $"{name} has no '{key}': {needed}");

        return value;
    }

    public string? Text(string key) => Find(key) is { } value ? TextOf(value, key) : null;

    public string? RequireText(string key, string needed) => Require(key, needed) is { } value ? TextOf(value, key) : null;

    public bool Flag(string key, bool otherwise)
    {
        if (Find(key) is not { } value)
            return otherwise;
        if (value is YamlScalarNode scalar && PlainValue.Flag(scalar) is { } flag)
            return flag;

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be true or false.");
        return otherwise;
    }

    public int? Whole(string key, int least, int most)
    {
        if (Find(key) is not { } value)
            return null;
        if (value is YamlScalarNode scalar && PlainValue.Number(scalar) is { } text
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}.");
        return null;
    }

    /// <summary>A finite number in a range.</summary>
    public double? Number(string key, double least, double most) => Find(key) is { } value ? NumberOf(value, key, least, most) : null;

    public double? NumberOf(YamlNode value, string key, double least, double most)
    {
        if (value is YamlScalarNode scalar && PlainValue.Number(scalar) is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        var range = most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}") : $"of at least {least}";
        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a number {range}.");
        return null;
    }

    /// <summary>A time such as <c>2s</c>: above zero, at most a day.</summary>
    public TimeSpan? Time(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value is YamlScalarNode { Value: { } text } && TimeText.Read(text) is { } time && time > TimeSpan.Zero && time <= TimeSpan.FromDays(1))
            return time;

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a time above zero and at most a day, such as 500ms, 2s, 1m, 1h or 00:00:02.");
        return null;
    }

    /// <summary>A moment with its offset, such as <c>2026-03-01T12:00:00Z</c>.</summary>
    public DateTimeOffset? Moment(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value is YamlScalarNode { Value: { } text }
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a moment such as 2026-03-01T12:00:00Z.");
        return null;
    }

    public Section? Part(string key) => Find(key) is { } value ? PartOf(value, key) : null;

    public Section? PartOf(YamlNode value, string key)
    {
        if (value is YamlMappingNode mapping)
            return new Section(mapping, $"'{key}'", problems);

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a mapping of keys.");
        return null;
    }

    public IReadOnlyList<YamlNode> List(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return [.. list.Children];
            case var other:
                problems.Add(other, $"'{key}' is {Kind.Of(other)} and must be a list.");
                return [];
        }
    }

    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(item => TextOf(item, key)).OfType<string>()];

    /// <summary>The keys and values of a mapping whose keys are the author's own.</summary>
    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries(string key)
    {
        if (Part(key) is not { } part)
            yield break;

        foreach (var (each, value) in part.Node.Children)
        {
            if (each is YamlScalarNode { Value.Length: > 0 } scalar)
                yield return (scalar, value);
            else
                problems.Add(each, $"A key of '{key}' is a text; this is {Kind.Of(each)}.");
        }
    }

    public string? TextOf(YamlNode value, string key)
    {
        if (value is YamlScalarNode { Value: { Length: > 0 } text } scalar && !PlainValue.IsNull(scalar))
            return text;

        problems.Add(value, $"'{key}' is {Kind.Of(value)} and must be a text.");
        return null;
    }

    /// <summary>Reports the keys that nobody has asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } text } || !_known.Contains(text))
                problems.Add(key, $"{name} has no key {Kind.Of(key)}. Known: {string.Join(", ", _known)}.");
        }
    }
}
