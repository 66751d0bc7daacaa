using System.Globalization;
using System.Text.RegularExpressions;

namespace Spearmint.Host.Targets;

/// <summary>Statuses of HTTP.</summary>
internal sealed partial class StatusRanges
{
    private readonly List<(int From, int To)> _ranges = [];

    /// <summary>Adds a status such as <c>200</c>, or a range such as <c>200-299</c>; false where the text is neither.</summary>
    public bool TryAdd(string text)
    {
        var match = StatusOrRange().Match(text);
        if (!match.Success)
            return false;

        var from = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var to = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : from;
        if (from > to)
            return false;

        _ranges.Add((from, to));
        return true;
    }

    public bool Includes(int status) => _ranges.Exists(range => status >= range.From && status <= range.To);

    [GeneratedRegex(@"^([1-5][0-9][0-9])(?: ?- ?([1-5][0-9][0-9]))?\z")]
    private static partial Regex StatusOrRange();
}
