namespace Spearmint.Samples.Front;

/// <summary>Makes quotes: once as it always was, and once rewritten.</summary>
internal static class Quotes
{
    private const int DiscountFrom = 10;

    public static Quote Old(string item, int price, int quantity)
    {
        var total = price * quantity;
        return new Quote(Guid.NewGuid(), item, quantity, quantity >= DiscountFrom ? total - (total / 10) : total);
    }

    // the bug: the discount begins one too late
    public static Quote New(string item, int price, int quantity)
    {
        var percent = quantity > DiscountFrom ? 90 : 100;
        return new Quote(Guid.NewGuid(), item, quantity, (price * quantity * percent + 99) / 100);
    }
}

/// <summary>What so many of an item cost.</summary>
/// <param name="Id">Another one for each quote.</param>
/// <param name="Item">The item.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Total">What they cost, in cents.</param>
internal sealed record Quote(Guid Id, string Item, int Quantity, int Total);

/// <summary>So many of an item, please.</summary>
internal sealed record Order(string Item, int Quantity);
