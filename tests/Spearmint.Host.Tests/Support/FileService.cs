using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spearmint.Client;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Support;

/// <summary>The service in this process, with a folder of experiments that a test writes into.</summary>
internal sealed class FileService : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly InProcessService _service;

    private FileService(InProcessService service, TemporaryFolder folder)
    {
        _service = service;
        Folder = folder;
        Http = service.Http;
        Front = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(service.Http.BaseAddress!, "/x/") };
    }

    public TemporaryFolder Folder { get; }

    public HttpClient Http { get; }

    /// <summary>A client of <c>/x/</c> that follows and unpacks nothing.</summary>
    public HttpClient Front { get; }

    public ExperimentRegistry Registry => _service.Services.GetRequiredService<ExperimentRegistry>();

    public SpearmintClient Client => _service.Services.GetRequiredService<SpearmintClient>();

    public static Task<FileService> StartAsync(params (string Name, string Text)[] files) => StartAsync([], files);

    public static async Task<FileService> StartAsync(string[] settings, (string Name, string Text)[] files, params ByteExperiment[] inCode)
    {
        var folder = new TemporaryFolder();
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(folder[name], text);

        return new FileService(await InProcessService.StartAsync(["--Spearmint:ExperimentsFolder", folder.Path, .. settings], inCode), folder);
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Folder[name], text);

    /// <summary>Waits for the file that makes something true.</summary>
    public async Task UntilAsync(Func<ExperimentRegistry, bool> holds)
    {
        var files = _service.Services.GetRequiredService<ExperimentFiles>();
        while (true)
        {
            var next = files.NextChange;
            if (holds(Registry))
                return;

            await next.WaitAsync(Bound);
        }
    }

    /// <summary>The branches that the API lists, newest first, once they are as expected.</summary>
    public async Task<JsonElement[]> BranchesAsync(Func<JsonElement[], bool> expected, string query = "") =>
        (await Http.GetJsonAsync($"branches{query}", page => expected(page.Items()))).Items();

    public async ValueTask DisposeAsync()
    {
        Front.Dispose();
        await _service.DisposeAsync();
        Folder.Dispose();
    }
}
