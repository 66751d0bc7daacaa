using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Docs;

/// <summary>The code of docs/coming-from-scientist.md, and what the README says of comparing.</summary>
public sealed class FromScientist : SpearmintKit
{
    private readonly List<string> _warmed = [];

    [Fact]
    public async Task Every_verb_has_its_place()
    {
        var client = Client;
        var order = new Order("o-1", "EUR", [10, 20]);

        var pricing = client.CreateExperiment<Order, Price>(
            "pricing",
            [new("use", OldPriceAsync), new("try", NewPriceAsync)],
            Strategy.Shadow(),
            new ExperimentOptions<Order, Price>
            {
                Compare = ComparisonRules.For<Order, Price>()
                    .CompareWith((control, candidate) => control.Total == candidate.Total)
                    .CompareErrorsWith((control, candidate) => control.GetType() == candidate.GetType())
                    .Clean(price => price.Total)
                    .Ignore("yen are rounded", (order, control, candidate) => order.Currency == "JPY"),
                Context = order => new Dictionary<string, string> { ["order"] = order.Id },
                RunIf = order => order.Lines.Count > 0,
                BeforeRun = order => Warm(order),
                OnHookError = (hook, exception) => Report(hook, exception),
                RecordOutput = true,
            });

        // science: the answer of "use", as soon as it is there; "try" goes on behind
        var price = await pricing.RunAsync(order);

        Assert.Equal((30m, "o-1"), (price.Total, Assert.Single(_warmed)));
        var compared = (await Sink.WhenAsync(all => all.OfType<BranchCompared>().Any())).OfType<BranchCompared>().Single();
        Assert.Equal((ComparisonVerdict.Mismatch, "$: 30 -> 31"), (compared.Comparison.Verdict, compared.Comparison.Differences[0].ToString()));
        Assert.Equal("o-1", compared.Context["order"]);
        await pricing.RunAsync(order with { Currency = "JPY" });
        Assert.Equal("yen are rounded", (await Sink.WhenAsync(all => all.OfType<BranchCompared>().Count() == 2)).OfType<BranchCompared>().Last().Comparison.IgnoredBy);
    }

    [Fact]
    public async Task The_readme_asks_whether_the_candidate_does_the_same()
    {
        var client = Client;
        var order = new Order("o-1", "EUR", [10, 20]);

        var pricing = client.CreateExperiment<Order, Price>(
            "pricing",
            [new("old", OldPriceAsync), new("new", NewPriceAsync)],
            Strategy.Shadow(),
            new ExperimentOptions
            {
                Compare = ComparisonRules.For<Order, Price>().IgnorePath("ids are random", "$.id"),
                Settings = new StrategySettings { ShadowSampleRate = 0.01, NoiseRate = 0.1 },
            });

        var price = await pricing.RunAsync(order);

        // where the two differ, how often, and whether that is more than chance
        var pair = (await pricing.GetStatisticsAsync()).Pair("old", "new");
        foreach (var path in pair?.Paths ?? [])
            Console.WriteLine($"{path.Path}: {path.Mismatches.Rate:P1}, by chance {path.Noise.Rate:P1}, real: {path.IsReal}");

        Assert.Equal(30, price.Total);
    }

    [Fact]
    public async Task A_test_can_throw_on_a_mismatch()
    {
        var client = Client;
        var order = new Order("o-1", "EUR", [10, 20]);

        var strict = client.CreateExperiment<Order, Price>(
            "pricing-in-tests",
            [new("use", OldPriceAsync), new("try", NewPriceAsync)],
            Strategy.Shadow(),
            new ExperimentOptions { Compare = ComparisonRules.For<Order, Price>(), ThrowOnMismatch = true });

        var mismatch = await Assert.ThrowsAsync<MismatchException>(() => strict.RunAsync(order));

        Assert.Contains("$.total: 30 -> 31", mismatch.Message, StringComparison.Ordinal);
    }

    private static Task<Price> OldPriceAsync(Order order, CancellationToken cancellationToken) => Task.FromResult(new Price(order.Lines.Sum()));

    private static Task<Price> NewPriceAsync(Order order, CancellationToken cancellationToken) => Task.FromResult(new Price(order.Lines.Sum() + 1));

    private static void Report(string hook, Exception exception) => Assert.Fail($"{hook}: {exception}");

    private void Warm(Order order) => _warmed.Add(order.Id);

    private sealed record Order(string Id, string Currency, IReadOnlyList<decimal> Lines);

    private sealed record Price(decimal Total);
}
