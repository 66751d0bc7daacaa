namespace Spearmint.Strategies;

/// <summary>
/// The salts of strategies that choose by a hash of the run id. Each has one more than the highest within it, so that those which choose for
/// the same run, one inside the other, choose independently. What a strategy of a user has within it is not seen.
/// </summary>
internal static class Salts
{
    public static ulong Above(IEnumerable<IStrategy> strategies) =>
        1 + strategies.Max(strategy => strategy is IChoosingStrategy choosing ? choosing.Salt : 0);
}
