using Spearmint.Samples.Front;

// a shop that quotes prices, in two versions: --version 1|2 --port 5081
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var version = builder.Configuration.GetValue("version", 1);
builder.WebHost.UseUrls($"http://127.0.0.1:{builder.Configuration.GetValue("port", 5080 + version)}");

var app = builder.Build();
var orders = 0;
app.MapGet("/quotes/{item}", (string item, int quantity = 1) => Prices.Find(item) is { } price
    ? Results.Ok(version == 1 ? Quotes.Old(item, price, quantity) : Quotes.New(item, price, quantity))
    : Results.NotFound(new { error = $"There is no '{item}'." }));
app.MapPost("/orders", (Order order) => Results.Created($"/orders/{Interlocked.Increment(ref orders)}", new { number = orders, order.Item, order.Quantity }));

await app.StartAsync();
Console.WriteLine($"Version {version} of the shop listens on {string.Join(", ", app.Urls)}. Ctrl-C ends it.");
await app.WaitForShutdownAsync();
