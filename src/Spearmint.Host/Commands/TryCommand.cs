using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Host.Experiments;
using Spearmint.Host.Samples;
using Spearmint.Hosting;
using Spectre.Console;

namespace Spearmint.Host.Commands;

/// <summary>Runs the sample over a file under each of its strategies, without a server.</summary>
internal static class TryCommand
{
    public static async Task<int> RunAsync(string path)
    {
        byte[] input;
        try
        {
            input = await InputFile.ReadAsync(path);
        }
        catch (InputFileException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.WrongUse;
        }

        try
        {
            await TryAllAsync(Path.GetFileName(path), input);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is OperationCanceledException or ShuttingDownException)
        {
            // Ctrl-C: the wait for a run ends, or the drain cuts its branches short, whichever is first
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"The trial failed: {e.GetType().Name}: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task TryAllAsync(string name, byte[] input)
    {
        using var host = Build();
        await host.StartAsync();
        var ending = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var client = host.Services.GetRequiredService<SpearmintClient>();
        var view = ViewFor(AnsiConsole.Console);

        await Console.Out.WriteLineAsync($"{name}: {input.Length:N0} bytes, {CompressSample.Configs.Count} configs");
        foreach (var trial in Trial.All)
        {
            var feed = new BranchFeed();
            var running = trial.RunAsync(client, input, feed, TimeProvider.System, ending);
            await view.ShowAsync(trial, feed, ending);
            await Console.Out.WriteLineAsync(await running);
        }

        await host.StopAsync(CancellationToken.None);
    }

    private static IHost Build()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var experiments = new ExperimentRegistry(CompressSample.Experiments());

        // what is printed is the result; the log says only what goes wrong, and elsewhere
        builder.Logging.AddSerilog(
            new LoggerConfiguration().MinimumLevel.Warning().WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose).CreateLogger(),
            dispose: true);
        builder.Services.AddAkka("spearmint", akka => akka.LogToHost().WithSpearmint(experiments.RegisterIn));
        return builder.Build();
    }

    private static ITrialView ViewFor(IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, Interactive: true } && !Console.IsOutputRedirected
            ? new LiveView(console)
            : new PlainView(Console.Out);
}
