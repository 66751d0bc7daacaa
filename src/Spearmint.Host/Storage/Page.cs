namespace Spearmint.Host.Storage;

/// <summary>A page of a list, newest first: branches by the order of their ids, which is that of time.</summary>
/// <param name="Items">At most as many as asked for. A search looks at so many rows at most that a page may have fewer, or none, and more may follow.</param>
/// <param name="Next">What the next page comes before; null where there is none.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);
