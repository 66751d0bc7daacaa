using System.Net;
using System.Text;

namespace Spearmint.Host.Targets;

/// <summary>The connections to services: shared by all files, bounded for each host.</summary>
internal sealed class HttpCallers : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    // so that a name that moves to another address is looked up again
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);
    private const int ConnectionsPerHost = 256;
    private const int HeaderKibibytes = 64;

    private readonly Lazy<HttpClient> _direct = new(() => Create(useProxy: false));
    private readonly Lazy<HttpClient> _byProxy = new(() => Create(useProxy: true));

    /// <summary>The client that goes straight to a host.</summary>
    public HttpClient Direct => _direct.Value;

    /// <summary>The client that goes by the proxy that the environment names.</summary>
    public HttpClient ByProxy => _byProxy.Value;

    public void Dispose()
    {
        if (_direct.IsValueCreated)
            _direct.Value.Dispose();
        if (_byProxy.IsValueCreated)
            _byProxy.Value.Dispose();
    }

    // the token of a branch ends a call; nothing is followed, unpacked, or kept from one call for the next
    private static HttpClient Create(bool useProxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLife,
        MaxConnectionsPerServer = ConnectionsPerHost,
        MaxResponseHeadersLength = HeaderKibibytes,
        // as Kestrel reads them
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
