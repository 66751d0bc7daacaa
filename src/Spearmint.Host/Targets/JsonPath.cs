using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Spearmint.Host.Targets;

/// <summary>
/// One place in JSON, in the part of RFC 9535 that names one: <c>$</c>, <c>.name</c>, <c>['any name']</c>, <c>[0]</c>, and <c>[-1]</c> for the last.
/// </summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(string text, IReadOnlyList<Step> steps)
    {
        Text = text;
        _steps = steps;
    }

    public string Text { get; }

    /// <exception cref="FormatException">It is no path, or one that names more than one place.</exception>
    public static JsonPath Parse(string text)
    {
        if (text is not ['$', ..])
            throw Bad(text, "it begins with $");

        var steps = new List<Step>();
        for (var at = 1; at < text.Length;)
            steps.Add(text[at] switch
            {
                '.' => Name(text, ref at),
                '[' => Bracket(text, ref at),
                _ => throw Bad(text, $"'{text[at]}' at character {at + 1} is neither . nor ["),
            });

        return new JsonPath(text, steps);
    }

    /// <summary>The value at the place; false where there is none.</summary>
    public bool TryFind(JsonElement json, out JsonElement found)
    {
        found = json;
        foreach (var step in _steps)
        {
            if (!TryStep(found, step, out found))
                return false;
        }

        return true;
    }

    private static bool TryStep(JsonElement from, Step step, out JsonElement to)
    {
        to = default;
        if (step.Name is { } name)
            return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out to);
        if (from.ValueKind != JsonValueKind.Array)
            return false;

        var index = step.Index < 0 ? from.GetArrayLength() + step.Index : step.Index;
        if (index < 0 || index >= from.GetArrayLength())
            return false;

        to = from[index];
        return true;
    }

    private static Step Name(string text, ref int at)
    {
        var start = ++at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' || text[at] > 127))
            at++;

        if (at > start)
            return new Step(text[start..at], 0);

        throw Bad(text, at < text.Length && text[at] is '.' or '*'
            ? "it may stand for several places, and only one can be taken"
            : $"a name is missing after character {start}; one with other signs is written ['the name']");
    }

    private static Step Bracket(string text, ref int at)
    {
        var start = ++at;
        if (start < text.Length && text[start] is '\'' or '"')
            return Quoted(text, ref at);

        var end = text.IndexOf(']', start);
        if (end < 0)
            throw Bad(text, "a ] is missing");

        at = end + 1;
        return int.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? new Step(null, index)
            : throw Bad(text, $"[{text[start..end]}] is neither an index such as [0] nor a name such as ['a name']");
    }

    [SuppressMessage("Style", "IDE0010", Justification = "Every other sign stands for itself.")]
    private static Step Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var name = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at++]);
        }

        if (at + 1 >= text.Length || text[at + 1] != ']')
            throw Bad(text, $"{quote}] is missing");

        at += 2;
        return new Step(name.ToString(), 0);
    }

    private static FormatException Bad(string text, string why) => new($"'{text}' is no path, because {why}. One is written $.a.b[0].c or $['a name'].");

    private readonly record struct Step(string? Name, int Index);
}
