namespace Spearmint.Statistics;

/// <summary>Keeps the first few and the newest few of what comes, no more than there is room for.</summary>
internal sealed class FirstAndNewest<T>(int each, Allowance room)
{
    private readonly List<T> _first = [];
    private readonly Queue<T> _newest = new();

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<T> First => [.. _first];

    /// <summary>The newest first, none of <see cref="First"/> among them.</summary>
    public IReadOnlyList<T> Newest => [.. _newest.Reverse()];

    public void Add(T item)
    {
        if (_first.Count < each)
        {
            if (room.TryTake())
                _first.Add(item);
        }
        else if ((_newest.Count < each && room.TryTake()) || _newest.TryDequeue(out _))
        {
            _newest.Enqueue(item);
        }
    }
}
