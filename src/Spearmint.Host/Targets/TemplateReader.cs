using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Targets;

/// <summary>Reads texts with placeholders, and says which of them nothing will ever fill.</summary>
internal sealed class TemplateReader(TargetReading reading)
{
    private const string Known = "{{config.NAME}}, {{input}}, {{input.NAME}} and {{env.NAME}}";

    /// <summary>A URL: what stands in it is escaped, but for an address at its begin.</summary>
    public Template? Url(YamlNode node, string text)
    {
        if (Parse(node, text) is not { } parts)
            return null;

        if (parts is [{ Placeholder: { } first }, ..])
        {
            RefuseInput(first, node);
            return new Template(text, [parts[0] with { Escaping = Escaping.Address }, .. parts.Skip(1).Select(part => part with { Escaping = Escaping.Url })]);
        }

        var scheme = parts[0].Text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : parts[0].Text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : 0;
        if (scheme == 0)
        {
            reading.Problems.Add(node, $"'url' is {Kind.Of(node)} and must begin with http://, https:// or a placeholder.");
            return null;
        }

        var isInHost = true;
        var written = new List<TemplatePart>();
        foreach (var part in parts)
        {
            if (part.Placeholder is null && part.Text.AsSpan(written.Count == 0 ? scheme : 0).IndexOfAny('/', '?', '#') >= 0)
                isInHost = false;
            if (part.Placeholder is { } placeholder && isInHost)
                RefuseInput(placeholder, node);
            written.Add(part with { Escaping = isInHost ? Escaping.Authority : Escaping.Url });
        }

        return new Template(text, written);
    }

    public Template? Header(YamlNode node, string text)
    {
        if (text.Any(char.IsControl))
            reading.Problems.Add(node, "The value of a header is one line of text.");
        return All(node, text, Escaping.Header);
    }

    /// <summary>The fields of a form: what stands in them is escaped as in a URL.</summary>
    public Template? Form(YamlNode node, string text) => All(node, text, Escaping.Form);

    /// <summary>A text that is no part of anything.</summary>
    public Template? Plain(YamlNode node, string text) => All(node, text, Escaping.None);

    /// <summary>A text that is JSON once the placeholders are filled: those between quotes are texts, others are values of their own types.</summary>
    public Template? Json(YamlNode node, string text)
    {
        if (Parse(node, text) is not { } parts)
            return null;

        var written = new List<TemplatePart>();
        var isInText = false;
        var sample = "";
        foreach (var part in parts)
        {
            if (part.Placeholder is not null)
            {
                written.Add(part with { Escaping = isInText ? Escaping.JsonText : Escaping.JsonValue });
                sample += isInText ? "x" : "0";
                continue;
            }

            for (var at = 0; at < part.Text.Length; at++)
            {
                if (part.Text[at] == '"')
                    isInText = !isInText;
                else if (isInText && part.Text[at] == '\\')
                    at++;
            }

            written.Add(part);
            sample += part.Text;
        }

        try
        {
            using var _ = JsonDocument.Parse(sample);
            return new Template(text, written);
        }
        catch (JsonException e)
        {
            reading.Problems.Add(node, $"The body is to be JSON and is none: {e.Message} Write it as a mapping, or say another Content-Type.");
            return null;
        }
    }

    private Template? All(YamlNode node, string text, Escaping escaping) =>
        Parse(node, text) is { } parts ? new Template(text, [.. parts.Select(part => part with { Escaping = escaping })]) : null;

    private List<TemplatePart>? Parse(YamlNode node, string text)
    {
        var parts = new List<TemplatePart>();
        var before = reading.Problems.Count;
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open != at)
                parts.Add(new TemplatePart(open < 0 ? text[at..] : text[at..open]));
            if (open < 0)
                break;

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                reading.Problems.Add(node, "A placeholder begins with {{ and has no }} at its end.");
                break;
            }

            if (Read(node, text[(open + 2)..close].Trim()) is { } placeholder)
                parts.Add(new TemplatePart("", placeholder));
            at = close + 2;
        }

        return reading.Problems.Count == before ? parts : null;
    }

    private Placeholder? Read(YamlNode node, string name)
    {
        switch (name.Split('.', 2))
        {
            case ["input"]:
                return new Placeholder(PlaceholderSource.Input, "");
            case ["input", { Length: > 0 } path]:
                return new Placeholder(PlaceholderSource.Input, path);
            case ["env", { Length: > 0 } variable]:
                return reading.Variable(variable, node) is { } value ? new Placeholder(PlaceholderSource.Env, variable, value) : null;
            case ["config", { Length: > 0 } path]:
                return CheckConfigs(node, path) ? new Placeholder(PlaceholderSource.Config, path) : null;
            default:
                reading.Problems.Add(node, $"{{{{{name}}}}} is no placeholder. There are {Known}.");
                return null;
        }
    }

    private bool CheckConfigs(YamlNode node, string path)
    {
        foreach (var config in reading.Configs ?? ConfigSet.Empty)
        {
            if (DottedPath.TryFind(config.Values, path, out _))
                continue;

            var names = string.Join(", ", config.Values.EnumerateObject().Select(member => member.Name));
            reading.Problems.Add(node, $"{{{{config.{path}}}}} has no value in config '{config.Id}', which has: {(names.Length > 0 ? names : "nothing")}.");
            return false;
        }

        return true;
    }

    private void RefuseInput(Placeholder placeholder, YamlNode node)
    {
        if (placeholder.Source == PlaceholderSource.Input)
            reading.Problems.Add(node, $"{placeholder} stands in the host of the URL, which an input may not choose; the host is in the file, in a config or in the environment.");
    }
}
