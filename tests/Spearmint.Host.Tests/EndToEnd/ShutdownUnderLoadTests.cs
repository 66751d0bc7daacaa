using System.Globalization;
using System.Text.RegularExpressions;
using Spearmint.Host.Support;
using Xunit.Abstractions;

namespace Spearmint.Host.EndToEnd;

public sealed partial class ShutdownUnderLoadTests(ITestOutputHelper output)
{
    // the clients have enough in progress for both: with the first all may end, with the second hardly anything can
    private static readonly string[] DrainTimes = ["10", "0.02"];

    /// <summary>Each at another moment. <c>SPEARMINT_SHUTDOWN_ROUNDS=50 dotnet test --filter ShutdownUnderLoad</c> makes it fifty.</summary>
    public static TheoryData<int> Rounds =>
        [.. Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable("SPEARMINT_SHUTDOWN_ROUNDS") ?? "3", CultureInfo.InvariantCulture))];

    [UnixTheory]
    [MemberData(nameof(Rounds))]
    public async Task Every_branch_that_has_started_has_its_record_when_the_host_is_ended_under_load(int round)
    {
        await using var host = HostProcess.Start(
            "Development", "--urls", "http://127.0.0.1:0", $"--Spearmint:DrainTimeout={DrainTimes[round % DrainTimes.Length]}");
        using var load = new Load(await host.AddressAsync(), awaited: 10 + (7 * round % 50));
        await load.IsUnderWayAsync();

        await host.SignalAsync("TERM");

        Assert.Equal((0, ""), (await host.ExitAsync(), host.Error));
        await load.EndAsync();
        var drained = DrainLine.In(host.Output);
        output.WriteLine($"{drained.Text} (clients: {load.Answered} answered, {load.Turned} turned away)");
        Assert.InRange(drained.Answered, load.Answered, load.Answered + load.Turned);
        Assert.Equal(drained.Started, drained.Success + drained.Failed + drained.TimedOut + drained.Cancelled);
        Assert.InRange(drained.CutShort, 0, drained.Cancelled);
        HasAllEvents(drained, "store");
        HasAllEvents(drained, "log");

        // the console is the independent witness
        var (_, dropped, left) = drained.Sink("log");
        Assert.InRange(End().Count(host.Output), drained.Started - dropped - left, drained.Started);
    }

    // a start and an end each, the end alone of what was skipped, and what functions that ended late add, some of them since the line was written
    private static void HasAllEvents(DrainLine drained, string sink)
    {
        var (written, dropped, left) = drained.Sink(sink);
        var events = (2 * drained.Started) + drained.Skipped + drained.Late;
        Assert.True(written + dropped + left >= events && written + dropped + left <= events + drained.GoOn, drained.Text);
    }

    [GeneratedRegex(@"\] compress-\w+ ended (Primary|Shadow|Candidate) \w+: (?!Skipped)")]
    private static partial Regex End();
}
