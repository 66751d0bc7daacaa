using System.Globalization;
using System.Text.RegularExpressions;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Times as files write them.</summary>
internal static partial class TimeText
{
    /// <summary>The time of <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c> or <c>00:00:02</c>; null where it is none of these.</summary>
    public static TimeSpan? Read(string text)
    {
        if (TimeSpan.TryParseExact(text, ["hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFFF"], CultureInfo.InvariantCulture, out var time))
            return time;

        var match = WithUnit().Match(text);
        if (!match.Success)
            return null;

        var number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var seconds = match.Groups[2].Value switch { "ms" => number / 1000, "s" => number, "m" => number * 60, _ => number * 3600 };
        return seconds <= TimeSpan.FromDays(2).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    [GeneratedRegex(@"^([0-9]{1,12}(?:\.[0-9]{1,9})?) ?(ms|s|m|h)\z")]
    private static partial Regex WithUnit();
}
