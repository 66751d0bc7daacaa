namespace Spearmint.Protocol;

/// <summary>Something with a deadline: a link of the list that its supervisor keeps. Touched by that supervisor alone.</summary>
internal abstract class Expiring
{
    /// <summary>The clock's timestamp when the deadline has passed.</summary>
    public long DueAt { get; set; }

    public Expiring? Previous { get; set; }

    public Expiring? Next { get; set; }

    /// <summary>The list that this is a link of; null when it has no deadline any more.</summary>
    public ExpiringList? List { get; set; }
}

/// <summary>Things with deadlines of one length, and so in the order in which they pass.</summary>
internal sealed class ExpiringList
{
    private Expiring? _last;

    public Expiring? First { get; private set; }

    public void Add(Expiring item)
    {
        item.List = this;
        item.Previous = _last;
        if (_last is null)
            First = item;
        else
            _last.Next = item;
        _last = item;
    }

    public void Remove(Expiring item)
    {
        if (item.Previous is null)
            First = item.Next;
        else
            item.Previous.Next = item.Next;
        if (item.Next is null)
            _last = item.Previous;
        else
            item.Next.Previous = item.Previous;

        item.List = null;
        item.Previous = item.Next = null;
    }
}
