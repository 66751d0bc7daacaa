using Spearmint.Host.Configuration;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Commands;

/// <summary>Serves over HTTP until it is told to end.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, FunctionCatalogue? functions)
    {
        try
        {
            await using var service = Service.Build(args, functions: functions);
            service.Services.GetRequiredService<Serilog.ILogger>().Information("{Akka:l}", AkkaVersion.Text);
            await service.StartAsync();
            await Console.Out.WriteAsync(Welcome.Text(service));
            await service.WaitForShutdownAsync();
            return ExitCodes.Done;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"Spearmint cannot run: {StartUpFailure.Reason(e)}");
            return ExitCodes.Failed;
        }
    }
}
