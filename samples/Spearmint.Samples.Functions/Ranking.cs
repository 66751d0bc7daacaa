using System.Text;

namespace Spearmint.Samples.Functions;

/// <summary>How the words of a text are ranked.</summary>
/// <param name="By">length or count.</param>
/// <param name="Top">How many to give.</param>
internal sealed record RankConfig(string By, int Top = 3);

internal static class Ranking
{
    /// <summary>The first words of a text, by their rank.</summary>
    public static Task<string[]> RankAsync(byte[] input, RankConfig config, CancellationToken cancellationToken)
    {
        var words = Encoding.UTF8.GetString(input).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).GroupBy(word => word);
        var ranked = config.By == "length" ? words.OrderByDescending(word => word.Key.Length) : words.OrderByDescending(word => word.Count());
        return Task.FromResult(ranked.ThenBy(word => word.Key, StringComparer.Ordinal).Take(config.Top).Select(word => word.Key).ToArray());
    }
}
