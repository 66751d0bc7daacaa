using System.Globalization;
using System.Text.RegularExpressions;

namespace Spearmint.Host.Support;

/// <summary>The line that sums up a shutdown, read back.</summary>
internal sealed partial class DrainLine
{
    private readonly Match _match;

    private DrainLine(string line)
    {
        _match = Line().Match(line);
        Assert.True(_match.Success, line);
        Text = line;
    }

    public string Text { get; }

    public long Answered => Number("answered");

    public long Started => Number("started");

    public long Success => Number("success");

    public long Failed => Number("failed");

    public long TimedOut => Number("timedOut");

    public long Cancelled => Number("cancelled");

    public long CutShort => Number("cutShort");

    public long Skipped => Number("skipped");

    public long Late => Number("late");

    public long GoOn => Number("goOn");

    /// <summary>The only such line in the output of a host.</summary>
    public static DrainLine In(string output) =>
        new(Assert.Single(output.Split('\n'), line => line.Contains("Drained in", StringComparison.Ordinal)));

    public (long Written, long Dropped, long Left) Sink(string name)
    {
        var sink = Regex.Match(Text, $@"; sink {name}: (\d+) written, (\d+) dropped, (\d+) left(;|$)");
        Assert.True(sink.Success, Text);
        return (Parse(sink.Groups[1]), Parse(sink.Groups[2]), Parse(sink.Groups[3]));
    }

    private static long Parse(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    private long Number(string name) => Parse(_match.Groups[name]);

    // begun by the host's own log: what Akka.NET prints itself, when its loggers have ended, is not in it
    [GeneratedRegex(
        @"^\[\d\d:\d\d:\d\d INF\] .*Drained in \d+\.\d\d s: (?<answered>\d+) runs answered, \d+ refused; "
        + @"(?<started>\d+) branches started = (?<success>\d+) success \+ (?<failed>\d+) failed \+ (?<timedOut>\d+) timed out \+ (?<cancelled>\d+) cancelled \((?<cutShort>\d+) cut short\); "
        + @"(?<skipped>\d+) shadows skipped; (?<late>\d+) functions ended late, (?<goOn>\d+) go on")]
    private static partial Regex Line();
}
