using Akka.Actor;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Samples.Pricing;
using Spearmint.Strategies;

// how many orders come in
var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 200_000;

var system = ActorSystem.Create("shop");
var pricing = SpearmintClient.For(system).CreateExperiment<Order, Quote>(
    "pricing",
    [new("old", OldPricing.QuoteAsync), new("new", NewPricing.QuoteAsync)],
    Strategy.Shadow(),
    new ExperimentOptions<Order, Quote>
    {
        Compare = ComparisonRules.For<Order, Quote>(),
        Context = order => new Dictionary<string, string> { ["order"] = $"{order.Number}" },
        Settings = new StrategySettings
        {
            // one order in a hundred is priced by the new function too, and half of those by the old one twice
            ShadowSampleRate = 0.01,
            NoiseRate = 0.5,
        },
    });

var sold = 0L;
foreach (var order in Orders.Generate(count, seed: 2026))
    sold += (await pricing.RunAsync(order)).Total;

var account = await pricing.GetAccountAsync();
while (account.Shadows.Started > account.Comparisons.Eligible - account.Comparisons.InFlight)
    account = await pricing.GetAccountAsync();

Console.WriteLine($"{count} orders priced by the old function, {sold / 100} sold. Every caller got the old price.");
var statistics = await pricing.GetStatisticsAsync();
var real = statistics.Pair("old", "new") is { } pair ? Report.Print(pair, Console.Out) : [];
await system.Terminate();

var isFound = real.Order().SequenceEqual(["$.discount", "$.total"]);
Console.WriteLine(isFound ? "Found: the new function gets the discount wrong." : "Not found: there were too few orders.");
return isFound ? 0 : 1;
