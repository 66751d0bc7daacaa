using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Latency;

/// <summary>What comparing costs the caller of a shadowed function: nothing compared, two strings, two documents of 2 KB that differ in one place.</summary>
internal static class ComparisonLoad
{
    private static readonly Variant<int, string>[] Strings = [new("primary", (_, _) => TextAsync("same")), new("shadow", (_, _) => TextAsync("same"))];
    private static readonly Variant<int, Document>[] Documents = [new("primary", (_, _) => DocumentAsync(price: 10)), new("shadow", (_, _) => DocumentAsync(price: 12))];

    public static IReadOnlyList<Row> Rows(SpearmintClient client) =>
    [
        Shadowed(client, "strings, nothing compared", Strings, rules: null),
        Shadowed(client, "strings, compared", Strings, ComparisonRules.For<int, string>()),
        Shadowed(client, "documents of 2 KB, nothing compared", Documents, rules: null),
        Shadowed(client, "documents of 2 KB, compared with their difference", Documents, ComparisonRules.For<int, Document>()),
    ];

    private static Row Shadowed<TOutput>(SpearmintClient client, string name, Variant<int, TOutput>[] variants, ComparisonRules? rules)
    {
        var experiment = client.CreateExperiment(name, variants, Strategy.Shadow(), new ExperimentOptions { Compare = rules });
        return new Row(name, () => experiment.RunAsync(0)) { Remark = RemarkAsync };

        async Task<string> RemarkAsync()
        {
            var counts = (await experiment.GetAccountAsync()).Comparisons;
            return $"{counts.Match} matches, {counts.Mismatch} mismatches, {counts.NotCompared} not compared";
        }
    }

    private static async Task<string> TextAsync(string text)
    {
        await Task.Delay(5);
        return text;
    }

    private static async Task<Document> DocumentAsync(int price)
    {
        await Task.Delay(5);
        return new Document([.. Enumerable.Range(0, 32).Select(number => new Item(number, $"thing number {number}", number == 7 ? price : number, true))]);
    }

    private sealed record Document(IReadOnlyList<Item> Items);

    private sealed record Item(int Number, string Name, int Price, bool InStock);
}
