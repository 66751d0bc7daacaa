using System.Net;

namespace Spearmint.Host.Security;

/// <summary>The service listens where only its own machine reaches it, unless it is told otherwise.</summary>
internal static class ListeningRule
{
    private static readonly string[] Ports = ["http_ports", "https_ports"];

    /// <exception cref="InvalidOperationException">An address is open to others, and nobody has said that it is to be.</exception>
    public static void Require(IConfiguration configuration, SecurityOptions options)
    {
        if (options.AllowRemote || Addresses(configuration).FirstOrDefault(address => !IsLocal(address.Value)) is not { Setting: { } setting, Value: var value })
            return;

        throw new InvalidOperationException(
            $"{setting} is '{value}', where other machines reach the service. Set Spearmint:AllowRemote to true if they are to, "
            + "or listen on this machine alone, such as --urls http://127.0.0.1:5080.");
    }

    private static IEnumerable<(string Setting, string Value)> Addresses(IConfiguration configuration)
    {
        var urls = configuration["urls"];
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return ("urls", url);

        foreach (var ports in Ports.Where(setting => string.IsNullOrEmpty(urls) && !string.IsNullOrEmpty(configuration[setting])))
            yield return (ports, configuration[ports]!);

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (endpoint["Url"] is { Length: > 0 } url)
                yield return (endpoint.Path + ":Url", url);
        }
    }

    private static bool IsLocal(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            // a list of ports is open to all; what is no address at all is refused by the server, which says why
            return !address.All(character => char.IsAsciiDigit(character) || character is ';' or ' ' or '*');
        }

        return parsed.IsUnixPipe || parsed.IsNamedPipe
            || parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
