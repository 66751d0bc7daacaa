namespace Spearmint.Samples.Front;

/// <summary>What an item costs, in cents.</summary>
internal static class Prices
{
    private static readonly Dictionary<string, int> All = new() { ["tea"] = 450, ["mint"] = 295, ["cup"] = 1290 };

    public static int? Find(string item) => All.TryGetValue(item, out var price) ? price : null;
}
