using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

public sealed class ShutdownTests
{
    [UnixFact]
    public Task An_idle_host_ends_on_Ctrl_C() => EndsCleanlyAsync("INT");

    [UnixFact]
    public Task An_idle_host_ends_on_SIGTERM() => EndsCleanlyAsync("TERM");

    [UnixFact]
    public async Task Shadows_that_take_too_long_are_cut_short_and_the_log_says_so()
    {
        await using var host = HostProcess.Start("Development", "--urls", "http://127.0.0.1:0", "--Spearmint:DrainTimeout=1");
        using var http = Keys.Client(await host.AddressAsync());
        await http.RunAsync("compress-shadow", Some.SlowBytes(12 << 20));

        await host.SignalAsync("TERM");

        Assert.Equal(0, await host.ExitAsync());
        Assert.InRange(DrainLine.In(host.Output).CutShort, 1, 11);
        Assert.Matches(@"compress-shadow ended Shadow \w+: Cancelled .*shutting down", host.Output);
    }

    private static async Task EndsCleanlyAsync(string signal)
    {
        await using var host = HostProcess.Start("Development", "--urls", "http://127.0.0.1:0");
        using var http = Keys.Client(await host.AddressAsync());
        await http.RunAsync("compress-all", Some.Text);

        await host.SignalAsync(signal);

        Assert.Equal(0, await host.ExitAsync());
        Assert.EndsWith(
            "1 runs answered, 0 refused; 12 branches started = 12 success + 0 failed + 0 timed out + 0 cancelled (0 cut short); 0 shadows skipped; "
                + "0 functions ended late, 0 go on; sink store: 24 written, 0 dropped, 0 left; sink live: 24 written, 0 dropped, 0 left; sink log: 24 written, 0 dropped, 0 left",
            DrainLine.In(host.Output).Text, StringComparison.Ordinal);
        Assert.Empty(host.Error);
    }
}
