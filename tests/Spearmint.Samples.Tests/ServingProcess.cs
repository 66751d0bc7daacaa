using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Spearmint.Samples;

/// <summary>A sample that serves until it is ended, as a process.</summary>
internal sealed partial class ServingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ServingProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<ServingProcess> StartAsync(string program, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("spearmint-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var serving = new ServingProcess(Process.Start(start)!);
        using var patience = new CancellationTokenSource(Patience);
        var said = "";
        while (await serving._process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said += line + "\n";
            if (!line.Contains("listens on", StringComparison.Ordinal))
                continue;

            serving.Address = new Uri(AddressText().Match(line).Value);

            // nobody reads the rest, and a pipe that is full would stop it
            _ = serving._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return serving;
        }

        throw new InvalidOperationException($"{program} does not listen. It said:\n{said}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressText();
}
