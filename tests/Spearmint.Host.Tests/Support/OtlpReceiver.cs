using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Spearmint.Host.Support;

/// <summary>Takes what is exported by OTLP over HTTP, and tells who waits for something in it. Texts are plain UTF-8 there.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<(string Path, string Body)> _posts = [];
    private readonly List<(string Path, string Text, TaskCompletionSource Waiter)> _waiters = [];

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/{**path}", TakeAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for a body with a text in it.</summary>
    public async Task HasReceivedAsync(string path, string text)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_posts.Exists(post => post.Path == path && post.Body.Contains(text, StringComparison.Ordinal)))
                return;

            _waiters.Add((path, text, waiter));
        }

        await waiter.Task.WaitAsync(Bound);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        lock (_gate)
        {
            _posts.Add((request.Path, body));
            foreach (var (_, _, waiter) in _waiters.Where(waiting => waiting.Path == request.Path && body.Contains(waiting.Text, StringComparison.Ordinal)))
                waiter.TrySetResult();
        }
    }
}
