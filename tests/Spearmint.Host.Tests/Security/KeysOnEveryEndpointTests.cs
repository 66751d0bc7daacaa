using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Spearmint.Host.Support;

namespace Spearmint.Host.Security;

/// <summary>Asks every address that the service has, so that none is forgotten.</summary>
public sealed class KeysOnEveryEndpointTests : IAsyncLifetime
{
    private static readonly string[] Open = ["GET /healthz", "POST /api/v1/session"];

    private InProcessService? _service;

    private InProcessService Service => _service!;

    public async Task InitializeAsync() => _service = await InProcessService.StartAsync(["--Spearmint:FailedKeysPerMinute", "100000"]);

    public async Task DisposeAsync() => await Service.DisposeAsync();

    [Fact]
    public async Task Without_a_key_and_with_a_wrong_one_none_answers()
    {
        foreach (var (method, path) in Addresses().Append(("GET", "/nothing/here")).Append(("GET", "/api/v1/nothing")))
        {
            if (Open.Contains($"{method} {path}"))
                continue;

            using var without = await SendAsync(method, path, key: null);
            var problem = await without.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Contains("Bearer", problem.Text("detail"), StringComparison.Ordinal);
            Assert.Equal("Bearer realm=\"spearmint\"", without.Headers.WwwAuthenticate.ToString());

            using var wrong = await SendAsync(method, path, Keys.Operator + "x");
            await wrong.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Contains("invalid_token", wrong.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_viewer_changes_nothing_and_is_told_the_role_that_it_takes()
    {
        var changing = Addresses().Where(address => address.Method != "GET" && !address.Path.EndsWith("/session", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(changing);
        foreach (var (method, path) in changing)
        {
            using var response = await SendAsync(method, path, Keys.Viewer);
            Assert.Contains("operator", (await response.ProblemAsync(HttpStatusCode.Forbidden)).Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_viewer_may_read_everything()
    {
        foreach (var (method, path) in Addresses().Where(address => address.Method == "GET" && !address.Path.EndsWith("/live", StringComparison.Ordinal)))
        {
            using var response = await SendAsync(method, path, Keys.Viewer);
            Assert.False(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{method} {path}: {response.StatusCode}");
        }
    }

    [Fact]
    public void Nothing_is_open_but_what_is_meant_to_be()
    {
        var open = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText).Where(path => !path!.StartsWith("/x/", StringComparison.Ordinal));

        Assert.Equal(["/healthz", "/api/v1/session"], open);
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        using var response = await SendAsync("GET", "/healthz", key: null);

        Assert.Equal("Healthy", await response.Content.ReadAsStringAsync());
    }

    private IEnumerable<RouteEndpoint> Endpoints() => Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    // every method of every route, with something in the place of its parameters
    private IEnumerable<(string Method, string Path)> Addresses() =>
        from endpoint in Endpoints()
        let pattern = endpoint.RoutePattern
        where !pattern.RawText!.StartsWith("/x/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
            : part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator ? separator.Content : "v1")))));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key)
    {
        using var http = new HttpClient { BaseAddress = Service.Http.BaseAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = JsonContent.Create(new { });
        if (key is not null)
            request.Headers.Authorization = Keys.Header(key);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
