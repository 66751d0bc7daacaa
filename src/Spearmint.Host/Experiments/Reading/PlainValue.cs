using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>What a scalar that stands without quotes means, by the core schema of YAML 1.2: <c>yes</c> and <c>off</c> are texts.</summary>
internal static partial class PlainValue
{
    public static bool IsNull(YamlScalarNode scalar) =>
        IsPlain(scalar) && scalar.Value is (null or "" or "~" or "null" or "Null" or "NULL");

    public static bool? Flag(YamlScalarNode scalar) => !IsPlain(scalar) ? null : scalar.Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The number as JSON writes it; null where it is none.</summary>
    public static string? Number(YamlScalarNode scalar)
    {
        if (!IsPlain(scalar) || scalar.Value is not { Length: > 0 } text)
            return null;
        if (JsonNumber().IsMatch(text))
            return text;
        if (Whole().IsMatch(text))
            return BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        if (Octal().IsMatch(text) && text.Length <= 20)
            return Convert.ToInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture);
        if (Hexadecimal().IsMatch(text))
            return BigInteger.Parse($"0{text[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

        return Decimal().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsPlain(YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[-+]?[0-9]+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\z")]
    private static partial Regex Decimal();
}
