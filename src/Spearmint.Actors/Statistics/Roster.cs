namespace Spearmint.Statistics;

/// <summary>Figures by what they are of, as many as there is room for; all others share the figures of one more.</summary>
internal sealed class Roster<TKey, TFigures>(int max, TKey other, Func<TKey, TFigures> create, Allowance? common = null)
    where TKey : notnull
    where TFigures : class
{
    private readonly Dictionary<TKey, TFigures> _figures = [];

    /// <summary>Those that there was no room for; null while there was room for all.</summary>
    public TFigures? Others { get; private set; }

    /// <summary>In the order they came, the others last.</summary>
    public IEnumerable<TFigures> All => Others is { } others ? _figures.Values.Append(others) : _figures.Values;

    public TFigures this[TKey key]
    {
        get
        {
            if (_figures.TryGetValue(key, out var figures))
                return figures;
            if (_figures.Count == max || common?.TryTake() == false)
                return Others ??= create(other);

            _figures.Add(key, figures = create(key));
            return figures;
        }
    }

    public TFigures? Find(TKey key) => _figures.GetValueOrDefault(key);
}
