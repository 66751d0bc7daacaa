using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Values of a file as JSON.</summary>
internal static class YamlJson
{
    // an alias stands for all that its anchor holds: a few lines of them can stand for millions of values
    private const int MostValues = 100_000;
    private const int MostNesting = 64;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as JSON; null where it is none, and the problems say why.</summary>
    public static string? Of(YamlNode node, FileProblems problems, params string[] without)
    {
        using var stream = new MemoryStream();
        var before = problems.Count;
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            var left = MostValues;
            Write(node, writer, problems, ref left, depth: 0, without);
            if (left < 0)
                problems.Add(node, $"This stands for more than {MostValues} values; use fewer aliases.");
        }

        return problems.Count == before ? Encoding.UTF8.GetString(stream.ToArray()) : null;
    }

    private static void Write(YamlNode node, Utf8JsonWriter writer, FileProblems problems, ref int left, int depth, string[] without)
    {
        if (--left < 0 || depth > MostNesting)
        {
            left = Math.Min(left, -1);
            writer.WriteNullValue();
            return;
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                    WriteMember(key, value, writer, problems, ref left, depth, without);

                writer.WriteEndObject();
                break;
            case YamlSequenceNode list:
                writer.WriteStartArray();
                foreach (var item in list.Children)
                    Write(item, writer, problems, ref left, depth + 1, []);

                writer.WriteEndArray();
                break;
            default:
                WriteScalar((YamlScalarNode)node, writer, problems);
                break;
        }
    }

    private static void WriteMember(
        YamlNode key, YamlNode value, Utf8JsonWriter writer, FileProblems problems, ref int left, int depth, string[] without)
    {
        if (key is not YamlScalarNode { Value: { } name })
        {
            problems.Add(key, $"A key is a text; this is {Kind.Of(key)}.");
            return;
        }

        if (name == "<<")
        {
            problems.Add(key, "Merge keys (<<) are not read; write the values out, or use an alias for a whole value.");
            return;
        }

        if (without.Contains(name))
            return;

        writer.WritePropertyName(name);
        Write(value, writer, problems, ref left, depth + 1, []);
    }

    private static void WriteNoNumber(YamlScalarNode scalar, Utf8JsonWriter writer, FileProblems problems)
    {
        problems.Add(scalar, $"{scalar.Value} is no number that JSON has; put it in quotes for a text.");
        writer.WriteNullValue();
    }

    private static void WriteScalar(YamlScalarNode scalar, Utf8JsonWriter writer, FileProblems problems)
    {
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific && scalar.Tag.Value != "tag:yaml.org,2002:str")
            problems.Add(scalar, $"The tag {scalar.Tag} is not read; only !!str is.");

        if (PlainValue.IsNull(scalar))
            writer.WriteNullValue();
        else if (PlainValue.Flag(scalar) is { } flag)
            writer.WriteBooleanValue(flag);
        else if (PlainValue.Number(scalar) is { } number)
            writer.WriteRawValue(number);
        else if (scalar.Value is ".inf" or "-.inf" or ".nan" && scalar.Style == YamlDotNet.Core.ScalarStyle.Plain)
            WriteNoNumber(scalar, writer, problems);
        else
            writer.WriteStringValue(scalar.Value);
    }
}
