using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Support;

/// <summary>The service in this process, with experiments of the test's own.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private InProcessService(WebApplication app, TemporaryFolder folder)
    {
        _app = app;
        _folder = folder;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = Keys.Client(new Uri(address));
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<InProcessService> StartAsync(string[] settings, params ByteExperiment[] experiments)
    {
        var folder = new TemporaryFolder();
        string[] own =
        [
            "--Spearmint:OperatorKey", Keys.Operator, "--Spearmint:ViewerKey", Keys.Viewer, "--Spearmint:RequestsPerSecond", "1000000",
            "--urls", "http://127.0.0.1:0", "--Serilog:MinimumLevel:Default", "Fatal",
            "--Spearmint:DataFolder", folder["data"], "--Spearmint:ExperimentsFolder", folder["experiments"],
        ];
        var app = Service.Build([.. own, .. settings], experiments);
        await app.StartAsync();
        return new InProcessService(app, folder);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
