using System.Text.RegularExpressions;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>How a filter looks at the text of a log event.</summary>
internal static class Text
{
    public static bool Matches(LogEvent logged, string message, string start, string contains)
    {
        var text = logged.Message?.ToString() ?? string.Empty;
        return (message is null || text == message)
            && (start is null || text.StartsWith(start, StringComparison.Ordinal))
            && (contains is null || text.Contains(contains, StringComparison.Ordinal));
    }

    public static bool Matches(LogEvent logged, Regex pattern) => pattern.IsMatch(logged.Message?.ToString() ?? string.Empty);

    public static bool IsFrom(LogEvent logged, string source) => source is null || logged.LogSource == source;
}
