namespace Spearmint.Host.Configuration;

/// <summary>Where the service listens and what it takes.</summary>
internal static class KestrelExtensions
{
    /// <summary>Where the service listens when nothing else is configured.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly string[] ListeningSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>Listens on <see cref="DefaultUrl"/>, unless the configuration says where.</summary>
    public static void ListenLocally(this WebApplicationBuilder builder)
    {
        if (ListeningSettings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }

    /// <summary>Refuses bodies over the limit, and does not tell what serves them.</summary>
    public static void LimitRequests(this WebApplicationBuilder builder, ServiceOptions options) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        // as HttpClient reads them: what a front passes back is what its service has sent
        kestrel.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
    });
}
