using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>The configs, and the sets of them that experiments are switched between. Each set has "a", for strategies that are told to use it.</summary>
internal static class Variants
{
    public const int Count = 4;

    private static readonly Config[] All = [.. Enumerable.Range(0, Count).Select(place => Config.From(new { place }, Id(place)))];

    public static ConfigSet[] Sets { get; } =
    [
        new(All), new([All[0], All[1]]), new([All[2], All[0], All[3]]), new([All[0]]), new([All[1], All[0], All[2]]),
    ];

    public static int PlaceOf(string id) => id[0] - 'a';

    private static string Id(int place) => ((char)('a' + place)).ToString();
}
