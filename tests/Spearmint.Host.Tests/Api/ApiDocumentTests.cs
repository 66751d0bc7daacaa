using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Spearmint.Host.Support;

namespace Spearmint.Host.Api;

/// <summary>The OpenAPI document, read back by the library that makes such documents.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private InProcessService? _service;
    private OpenApiDocument? _document;
    private IList<OpenApiError> _errors = [];

    private OpenApiDocument Document => _document!;

    public async Task InitializeAsync()
    {
        _service = await InProcessService.StartAsync(["--Spearmint:Storage", "none"]);
        var text = await _service.Http.GetStringAsync("/openapi/v1.json");
        Assert.StartsWith("""{ "openapi": "3.1""", string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        var read = OpenApiDocument.Parse(text, "json");
        (_document, _errors) = (read.Document, read.Diagnostic!.Errors);
    }

    public async Task DisposeAsync() => await _service!.DisposeAsync();

    [Fact]
    public void It_is_valid() => Assert.Empty(_errors);

    [Fact]
    public void Every_address_of_the_API_is_in_it_with_every_method()
    {
        var routes =
            from endpoint in _service!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText}";

        Assert.Equal(routes.Order(StringComparer.Ordinal), Operations().Select(operation => operation.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_says_what_it_does_what_it_takes_and_what_it_may_answer()
    {
        foreach (var (name, operation) in Operations())
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.Summary), name);
            Assert.All(operation.Parameters ?? [], parameter => Assert.False(string.IsNullOrWhiteSpace(parameter.Description), $"{name}: {parameter.Name}"));
            Assert.Contains(operation.Responses!, response => response.Key.StartsWith('2'));
            foreach (var status in (string[])["401", "403", "429"])
                Assert.Contains(status, operation.Responses!.Keys);
            Assert.All(
                operation.Responses!.Where(response => response.Key[0] is '4' or '5'),
                response => Assert.Contains("application/problem+json", response.Value.Content!.Keys));
            if (name != "POST /api/v1/session")
                Assert.Equal(2, operation.Security!.Count);
        }
    }

    [Fact]
    public void Both_ways_to_be_known_are_in_it() =>
        Assert.Equal(["key", "session"], Document.Components!.SecuritySchemes!.Keys.Order(StringComparer.Ordinal));

    private IEnumerable<(string Name, OpenApiOperation Operation)> Operations() =>
        from path in Document.Paths
        from operation in path.Value.Operations!
        select ($"{operation.Key.Method.ToUpperInvariant()} {path.Key}", operation.Value);
}
