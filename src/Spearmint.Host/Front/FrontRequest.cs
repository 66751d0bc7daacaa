using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Spearmint.Host.Security;

namespace Spearmint.Host.Front;

/// <summary>A request to pass on. Several branches send it, so nothing in it changes.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its path and query.</param>
/// <param name="Headers">Its headers that are passed on.</param>
/// <param name="Body">Its body.</param>
/// <param name="MayRunTwice">Whether it may be sent to more than one config.</param>
internal sealed record FrontRequest(
    string Method, RequestTarget Target, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body, bool MayRunTwice)
{
    // what the connection to the service says for itself
    private static readonly string[] Own = ["Host", "Content-Length", "Expect"];

    // sets these by the span of the branch, where there is one
    private static readonly string[] Trace = ["traceparent", "tracestate"];

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static FrontRequest From(HttpRequest request, RequestTarget target, byte[] body, bool mayRunTwice)
    {
        var left = HopByHop.Of(request.Headers.Connection);
        left.UnionWith(Own);
        var headers = request.Headers.Where(header => !left.Contains(header.Key)).ToList();
        HideCookies(headers);
        Forwarded(request, headers);
        return new FrontRequest(request.Method, target, headers, body, mayRunTwice);
    }

    /// <summary>The request to a service.</summary>
    /// <param name="address">Where the service is; the path and the query are added to it.</param>
    public HttpRequestMessage To(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/') + Target.Path;
        var uri = new Uri($"{address.GetLeftPart(UriPartial.Authority)}{(path.Length == 0 ? "/" : path)}{Target.Query}", AsItIs);
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), uri);
        if (Body.Length > 0 || Headers.Any(header => header.Key.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)))
            message.Content = new ByteArrayContent(Body);

        foreach (var (name, values) in Headers)
        {
            if (Activity.Current is not null && Trace.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return message;
    }

    /// <summary>What is recorded of it: no headers, which hold cookies and the like, and the query by name, so that tokens in it are blotted out.</summary>
    /// <param name="body">The body as records keep it.</param>
    public object Shown(object? body) => new
    {
        method = Method,
        path = Target.Path,
        query = QueryHelpers.ParseQuery(Target.Query).ToDictionary(pair => pair.Key, pair => pair.Value.Count == 1 ? (object)pair.Value[0]! : pair.Value.ToArray()),
        body,
    };

    private static void HideCookies(List<KeyValuePair<string, StringValues>> headers)
    {
        var at = headers.FindIndex(header => header.Key.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            return;

        string[] left = [.. headers[at].Value.Select(value => OwnCookies.Without(value ?? "")).OfType<string>()];
        if (left.Length > 0)
            headers[at] = new(headers[at].Key, left);
        else
            headers.RemoveAt(at);
    }

    private static void Forwarded(HttpRequest request, List<KeyValuePair<string, StringValues>> headers)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is { } client)
            Set("X-Forwarded-For", request.Headers["X-Forwarded-For"] is { Count: > 0 } before ? $"{before}, {client}" : $"{client}");

        // one that stands before this service knows better what the client asked
        if (!request.Headers.ContainsKey("X-Forwarded-Proto"))
            Set("X-Forwarded-Proto", request.Scheme);
        if (!request.Headers.ContainsKey("X-Forwarded-Host"))
            Set("X-Forwarded-Host", request.Host.Value ?? "");

        void Set(string name, string value)
        {
            headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.Add(new(name, value));
        }
    }
}
