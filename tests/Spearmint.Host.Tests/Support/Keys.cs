using System.Net.Http.Headers;

namespace Spearmint.Host.Support;

/// <summary>The keys of the services that are tested.</summary>
internal static class Keys
{
    public const string Operator = "operator-key-of-the-tests";

    public const string Viewer = "viewer-key-of-the-tests";

    public static AuthenticationHeaderValue Header(string key = Operator) => new("Bearer", key);

    /// <summary>A client with a key.</summary>
    public static HttpClient Client(Uri address, string key = Operator) =>
        new() { BaseAddress = new Uri(address, "/api/v1/"), DefaultRequestHeaders = { Authorization = Header(key) } };
}
