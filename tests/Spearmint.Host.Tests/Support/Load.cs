using System.Net;

namespace Spearmint.Host.Support;

/// <summary>Clients that run experiments without a pause until their host is gone.</summary>
internal sealed class Load : IDisposable
{
    private const int Clients = 24;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    // enough work for shadows to queue up behind the answers
    private static readonly byte[] Body = Some.SlowBytes(24 << 10);
    private static readonly (string Experiment, int Awaited)[] Experiments =
        [("compress-shadow", 1), ("compress-shadow", 1), ("compress-all", 12), ("compress-shadow", 1), ("compress-rotate", 1)];

    private readonly HttpClient _http;
    private readonly int _awaited;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _clients;
    private int _answered;
    private int _refused;
    private int _lost;

    /// <param name="address">The host.</param>
    /// <param name="awaited">How many answers <see cref="IsUnderWayAsync"/> waits for.</param>
    public Load(Uri address, int awaited)
    {
        _awaited = awaited;
        _http = Keys.Client(address);
        _http.Timeout = Bound;
        _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(CallAsync));
    }

    /// <summary>Runs that were answered in full.</summary>
    public int Answered => _answered;

    /// <summary>Requests that were told that the service is ending, or whose connection was closed.</summary>
    public int Turned => _refused + _lost;

    public Task IsUnderWayAsync() => _reached.Task.WaitAsync(Bound);

    /// <summary>Waits until every client has found its host gone.</summary>
    public Task EndAsync() => _clients.WaitAsync(Bound);

    public void Dispose() => _http.Dispose();

    private async Task CallAsync(int client)
    {
        for (var turn = client; ; turn++)
        {
            var (experiment, awaited) = Experiments[turn % Experiments.Length];
            try
            {
                using var response = await _http.PostRunAsync(experiment, Body);
                await TakeAsync(response, awaited);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _lost);
                return;
            }
        }
    }

    // a body that was cut off is a lost connection, and throws as one
    private async Task TakeAsync(HttpResponseMessage response, int awaited)
    {
        var answer = await response.JsonAsync();
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{response.StatusCode}: {answer}");
        Assert.Equal(awaited, answer.Branches().Length);
        if (Interlocked.Increment(ref _answered) == _awaited)
            _reached.SetResult();
    }
}
