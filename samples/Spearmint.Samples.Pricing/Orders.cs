namespace Spearmint.Samples.Pricing;

/// <summary>The traffic: the same orders for the same seed.</summary>
internal static class Orders
{
    public static IEnumerable<Order> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (var number = 1; number <= count; number++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new OrderLine(random.Next(1, 25), random.Next(50, 20_000)));
            yield return new Order(number, random.Next(4) == 0, [.. lines]);
        }
    }
}
