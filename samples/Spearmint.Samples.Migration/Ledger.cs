using System.Collections.Concurrent;

namespace Spearmint.Samples;

/// <summary>
/// What the load knows of every row by itself: which writes may have been the last. A write that began after another had ended has replaced
/// it; of writes that overlap, either may be the last.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<long, List<Entry>> _rows = new();
    private long _time;
    private long _writes;

    public IEnumerable<long> Ids => _rows.Keys.Order();

    public long Writes => Volatile.Read(ref _writes);

    /// <summary>A write begins.</summary>
    public Entry Begin(Save save)
    {
        var entry = new Entry(save.Customer);
        var row = _rows.GetOrAdd(save.Id, _ => []);
        lock (row)
        {
            entry.BeganAt = Interlocked.Increment(ref _time);
            row.Add(entry);
        }

        return entry;
    }

    /// <summary>A write has been confirmed.</summary>
    public void End(long id, Entry entry)
    {
        Interlocked.Increment(ref _writes);
        var row = _rows[id];
        lock (row)
        {
            entry.EndedAt = Interlocked.Increment(ref _time);
            var lastBegan = row.Where(other => other.EndedAt < long.MaxValue).Max(other => other.BeganAt);
            row.RemoveAll(other => other.EndedAt < lastBegan);
        }
    }

    /// <summary>Whether a row is what one of its last writes has made of it. To be asked when the load has ended.</summary>
    public bool Allows(long id, Customer? found)
    {
        var row = _rows[id];
        lock (row)
            return row.Any(entry => entry.Customer == found);
    }

    internal sealed class Entry(Customer? customer)
    {
        public Customer? Customer { get; } = customer;

        public long BeganAt { get; set; }

        public long EndedAt { get; set; } = long.MaxValue;
    }
}
