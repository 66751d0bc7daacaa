using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Spearmint.Host.Support;

/// <summary>A service that targets call: a real server on a port of its own.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public string HostAndPort => Address.Authority;

    /// <summary>What it was asked, in order: method, target as in the request line, and body.</summary>
    public ConcurrentQueue<(string Method, string Target, IHeaderDictionary Headers, byte[] Body)> Requests { get; } = [];

    public static async Task<Upstream> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Request.Body = new MemoryStream(body.ToArray());
            upstream.Requests.Enqueue((
                context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value)), body.ToArray()));
            await answer(context);
        });
        await app.StartAsync();
        upstream.Address = new Uri(app.Urls.Single());
        return upstream;
    }

    public static Task<Upstream> JsonAsync(string json, int status = 200) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
