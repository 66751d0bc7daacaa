namespace Spearmint.Host.Support;

/// <summary>One host process in the Development environment, shared by the tests of a collection.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private readonly HostProcess _process = HostProcess.Start("Development", "--urls", "http://127.0.0.1:0");
    private Uri? _address;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    public Uri Address => _address!;

    /// <summary>The first line of its output that contains a text.</summary>
    public Task<string> LineAsync(string text) => _process.LineAsync(text);

    public async Task InitializeAsync()
    {
        _address = await _process.AddressAsync();
        Http.DefaultRequestHeaders.Authorization = Keys.Header();
        Http.BaseAddress = new Uri(_address, "/api/v1/");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RunningHostCollection : ICollectionFixture<RunningHost>
{
    public const string Name = "running host";
}
