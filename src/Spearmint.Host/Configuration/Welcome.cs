using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;

namespace Spearmint.Host.Configuration;

/// <summary>What the service prints when it is up: where it is, and what to do next.</summary>
internal static class Welcome
{
    public static string Text(WebApplication service)
    {
        var addresses = service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var credentials = service.Services.GetRequiredService<Credentials>();
        return Text([.. addresses], service.Environment.EnvironmentName, service.Services.GetRequiredService<ExperimentRegistry>(), credentials.Say(), credentials.Bearer);
    }

    internal static string Text(IReadOnlyList<string> addresses, string environment, ExperimentRegistry experiments, string keys, string bearer)
    {
        var text = new StringBuilder();
        text.Append($"\nSpearmint listens on {string.Join(", ", addresses)} ({environment}). Ctrl-C ends it.\n{keys}\n\n");
        if (experiments.All.Count == 0)
            text.Append("There are no experiments: the compress sample is there in the Development environment only (--environment Development).\n\n");
        else
            AddCommands(text, $"{Reachable(addresses)}/api/v1", experiments, bearer);

        return text.ToString();
    }

    private static void AddCommands(StringBuilder text, string api, ExperimentRegistry experiments, string bearer)
    {
        text.Append("Run an experiment over a file of yours:\n");
        foreach (var experiment in experiments.All)
            text.Append($"  curl --data-binary @README.md {api}/experiments/{experiment.Name}/runs -H \"Authorization: Bearer {bearer}\"\n");

        text.Append($"\nSee what ran, shadows included:\n  curl {api}/runs -H \"Authorization: Bearer {bearer}\"\n  curl \"{api}/branches?status=success&limit=5\" -H \"Authorization: Bearer {bearer}\"\n\n");
    }

    // an address that listens everywhere is none to be called
    private static string Reachable(IReadOnlyList<string> addresses) => (addresses.Count > 0 ? addresses[0] : KestrelExtensions.DefaultUrl)
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal);
}
