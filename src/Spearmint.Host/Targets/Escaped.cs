using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>Writes the values of placeholders so that they can be nothing but values where they stand.</summary>
internal static partial class Escaped
{
    /// <exception cref="TargetException">The value is missing, or cannot stand there.</exception>
    public static string Of(Placeholder placeholder, Escaping escaping, Config config, ExperimentInput? input) => escaping switch
    {
        Escaping.JsonValue => placeholder.Json(config, input).GetRawText(),
        Escaping.JsonText => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(placeholder.Text(config, input)),
        Escaping.Url => Url(placeholder, placeholder.Text(config, input)),
        Escaping.Form => Uri.EscapeDataString(placeholder.Text(config, input)),
        Escaping.Authority => Authority(placeholder, placeholder.Text(config, input)),
        Escaping.Header => Header(placeholder, placeholder.Text(config, input)),
        _ => placeholder.Text(config, input),
    };

    // a segment of dots would lead out of its folder, and cannot be escaped
    private static string Url(Placeholder placeholder, string value) => value is not ("." or "..")
        ? Uri.EscapeDataString(value)
        : throw new TargetException($"The value of {placeholder} is '{value}', which cannot be a part of a URL.");

    private static string Authority(Placeholder placeholder, string value) => HostAndPort().IsMatch(value)
        ? value
        : throw new TargetException($"The value of {placeholder} stands in the host of a URL and is none.");

    private static string Header(Placeholder placeholder, string value) => value.All(sign => sign is '\t' or (>= ' ' and not '\u007f'))
        ? value
        : throw new TargetException($"The value of {placeholder} stands in a header and has a line break or another control character.");

    [GeneratedRegex(@"^[A-Za-z0-9._\-\[\]:]+\z")]
    private static partial Regex HostAndPort();
}
