using System.Text;
using System.Text.RegularExpressions;
using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments;

/// <summary>The places of a file where a secret is written: in its configs, and in the headers and the body of a call.</summary>
internal sealed partial class SecretPlaces
{
    private const string Sweep = "$sweep";
    private const string Blotted = "***";

    private static readonly string[] Headers = ["authorization", "proxy-authorization", "cookie", "x-api-key"];

    private readonly HashSet<YamlScalarNode> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Key, bool IsNumber), bool> _looks = [];

    /// <param name="file">The top of the file.</param>
    public SecretPlaces(YamlMappingNode file)
    {
        var configs = Member(file, "configs");
        var http = Member(Member(file, "target"), "http");
        Find(configs, []);
        Find(Member(http, "headers"), []);
        Find(Member(http, "body"), []);
        foreach (var path in (Member(file, "secrets") as YamlSequenceNode)?.Children.OfType<YamlScalarNode>() ?? [])
        {
            foreach (var config in configs is YamlSequenceNode list ? list.Children : configs is null ? [] : [configs])
                Mark(config, (path.Value ?? "").Split('.'));
        }
    }

    /// <summary>The text without them.</summary>
    public string Blot(string text)
    {
        var blotted = new StringBuilder();
        var at = 0;
        foreach (var scalar in _places.OrderBy(scalar => scalar.Start.Index))
        {
            var (start, end) = ((int)scalar.Start.Index, Math.Min((int)scalar.End.Index, text.Length));
            if (start < at || start >= end)
                continue;

            // a block ends with the lines below it
            var written = text[start..end];
            blotted.Append(text, at, start - at).Append(scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? $"\"{Blotted}\"" : Blotted)
                .Append(written[written.TrimEnd().Length..]);
            at = end;
        }

        return blotted.Append(text, at, text.Length - at).ToString();
    }

    private static YamlNode? Member(YamlNode? node, string key) =>
        (node as YamlMappingNode)?.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    // under a key that looks like one, everything is a secret
    private void Find(YamlNode? node, IReadOnlyList<string> keys)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                    Find(value, [.. keys, ((YamlScalarNode)key).Value ?? ""]);
                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children)
                    Find(item, keys);
                break;
            case YamlScalarNode scalar when keys.Any(key => IsSecret(key, PlainValue.Number(scalar) is not null)):
                Add(scalar);
                break;
        }
    }

    private void Mark(YamlNode node, ReadOnlySpan<string> path)
    {
        if (Member(node, Sweep) is YamlSequenceNode swept)
        {
            foreach (var item in swept.Children)
                Mark(item, path);
        }
        else if (path.IsEmpty)
        {
            foreach (var scalar in node is YamlScalarNode only ? [only] : node.AllNodes.OfType<YamlScalarNode>())
                Add(scalar);
        }
        else if (Member(node, path[0]) is { } member)
        {
            Mark(member, path[1..]);
        }
    }

    // a placeholder names a secret and holds none
    private void Add(YamlScalarNode scalar)
    {
        if (scalar.Value is { Length: > 0 } text && !PlainValue.IsNull(scalar) && !Placeholder().IsMatch(text))
            _places.Add(scalar);
    }

    // as the records of configs do it
    private bool IsSecret(string key, bool isNumber)
    {
        if (key == Sweep)
            return false;
        if (!_looks.TryGetValue((key, isNumber), out var looks))
        {
            var config = Config.From(new Dictionary<string, object> { [key] = isNumber ? 1 : "text" });
            looks = Headers.Contains(key, StringComparer.OrdinalIgnoreCase) || config.RedactedValues.GetRawText() != config.Values.GetRawText();
            _looks.Add((key, isNumber), looks);
        }

        return looks;
    }

    [GeneratedRegex(@"^\s*(?:[A-Za-z]+ +)?\{\{[^{}]*\}\}\s*\z")]
    private static partial Regex Placeholder();
}
