using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>
/// JSON in one spelling for equal content: keys sorted by UTF-16 code unit, no white space, numbers as in RFC 8785 (and, unlike there,
/// exact: digits beyond the precision of a double are kept).
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Id(JsonElement values) => Convert.ToHexStringLower(SHA256.HashData(Write(values)).AsSpan(0, 8));

    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(element, writer);

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element.GetRawText()));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>The digits of a number and the place of its point, spelled as ECMAScript spells them (Number::toString).</summary>
    internal static string Number(string text)
    {
        var sign = text[0] == '-' ? "-" : "";
        var exponentAt = text.IndexOfAny(['e', 'E']);
        var mantissa = text[sign.Length..(exponentAt < 0 ? text.Length : exponentAt)];
        var pointAt = mantissa.IndexOf('.');
        var whole = pointAt < 0 ? mantissa : mantissa[..pointAt];
        var all = pointAt < 0 ? mantissa : string.Concat(whole, mantissa.AsSpan(pointAt + 1));

        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        if (digits.Length == 0)
            return "0";

        // the value is 0.digits x 10^point
        var point = Exponent(text, exponentAt) + whole.Length - leading;
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point
                ? sign + digits.PadRight((int)point, '0')
                : $"{sign}{digits[..(int)point]}.{digits[(int)point..]}";
        }

        if (point is > -6 and <= 0)
            return $"{sign}0.{new string('0', (int)-point)}{digits}";

        var fraction = digits.Length == 1 ? "" : $".{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{point - 1:+0;-0}");
    }

    private static long Exponent(string text, int exponentAt)
    {
        if (exponentAt < 0)
            return 0;

        return long.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= 1_000_000
            ? exponent
            : throw new ArgumentException($"The number {text} has an exponent beyond a million.");
    }
}
