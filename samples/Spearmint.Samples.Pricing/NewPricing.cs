namespace Spearmint.Samples.Pricing;

/// <summary>The same, rewritten. Somebody has taken "from 20 on" for "above 20".</summary>
internal static class NewPricing
{
    public static Task<Quote> QuoteAsync(Order order, CancellationToken cancellationToken)
    {
        var subtotal = order.Lines.Sum(Price);
        var bulk = order.Lines.Sum(line => Price(line) / Divisor(line.Quantity));
        var loyalty = order.IsMember ? (subtotal - bulk) / 50 : 0;
        var discount = bulk + loyalty;
        return Task.FromResult(new Quote(Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime, subtotal, discount, subtotal - discount));
    }

    private static int Price(OrderLine line) => line.Quantity * line.UnitPrice;

    private static int Divisor(int quantity) => quantity switch
    {
        > 20 => 10,
        >= 10 => 20,
        _ => int.MaxValue,
    };
}
