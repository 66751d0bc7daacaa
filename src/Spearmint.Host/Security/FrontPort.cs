using Spearmint.Host.Api;

namespace Spearmint.Host.Security;

/// <summary>Keeps pages that a front passes back and the API apart: on ports of their own they are of different origins for a browser.</summary>
internal static partial class FrontPort
{
    /// <summary>Answers on the port of fronts with fronts alone, and on all others with all but those.</summary>
    /// <param name="app">The service.</param>
    /// <param name="port">The port; null where every port answers with everything.</param>
    public static void SeparateFronts(this WebApplication app, int? port)
    {
        if (port is null)
            return;

        app.Use((context, next) => Front.IsFor(context) == (context.Connection.LocalPort == port)
            ? next(context)
            : Problems.WriteAsync(context, 404, "Not found", $"Fronts (/x/) are on port {port} (Spearmint:FrontPort), and everything else is on another."));
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (!app.Urls.Any(url => BindingAddress.Parse(url).Port == port))
                LogNobody(app.Logger, port.Value, string.Join(", ", app.Urls));
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing listens on port {Port} (Spearmint:FrontPort), so that no front can be reached; add it to the addresses: {Addresses}")]
    private static partial void LogNobody(ILogger logger, int port, string addresses);
}
