using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spearmint.Host.Support;

/// <summary>The real host as a process of its own, started from another folder than its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ProcessOutput _output;
    private readonly ProcessOutput _error;

    private readonly TemporaryFolder _folder;

    private HostProcess(Process process, TemporaryFolder folder)
    {
        _process = process;
        _folder = folder;
        _output = new ProcessOutput(process.StandardOutput);
        _error = new ProcessOutput(process.StandardError);
    }

    public string Output => _output.Text;

    public string Error => _error.Text;

    public static HostProcess Start(string environment, params string[] arguments) => Start(environment, variables: [], arguments);

    public static HostProcess Start(string environment, Dictionary<string, string> variables, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        string[] command = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "Spearmint.Host.dll")];
        if (IgnoresCtrlC())
            command = ["env", "--default-signal=INT", .. command];

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var inherited in start.Environment.Keys.Where(IsAboutTheHost).ToList())
            start.Environment.Remove(inherited);

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["Spearmint__OperatorKey"] = Keys.Operator;
        start.Environment["Spearmint__RequestsPerSecond"] = "1000000";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        return new HostProcess(Process.Start(start)!, folder);
    }

    private static bool IsAboutTheHost(string variable) =>
        variable == "DOTNET_ENVIRONMENT" || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || variable.StartsWith("OTEL_", StringComparison.Ordinal)
        || variable.StartsWith("Spearmint__", StringComparison.Ordinal);

    // what a shell starts in the background ignores Ctrl-C, and so does all that it starts in its turn
    private static bool IgnoresCtrlC() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var host = Start("Production", arguments);
        return (await host.ExitAsync(), host.Output, host.Error);
    }

    /// <summary>Where it listens, as it says itself.</summary>
    public async Task<Uri> AddressAsync() => new(Address().Match(await LineAsync("Spearmint listens on")).Value);

    /// <summary>The first line that contains a text.</summary>
    public async Task<string> LineAsync(string text)
    {
        try
        {
            return await _output.LineAsync(text).WaitAsync(Bound);
        }
        catch (Exception e) when (e is TimeoutException or EndOfStreamException)
        {
            throw new InvalidOperationException($"The host did not print '{text}'. It printed:\n{Output}\n{Error}", e);
        }
    }

    /// <summary>Waits for its end and for all that it printed.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bound);
        await Task.WhenAll(_output.EndAsync(), _error.EndAsync()).WaitAsync(Bound);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal such as TERM or INT, as a shell or an orchestrator does.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(Bound);
        }

        _process.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
