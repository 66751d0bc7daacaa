namespace Spearmint.Samples.Pricing;

/// <summary>The code that is in use: grown over the years, and right.</summary>
internal static class OldPricing
{
    public static Task<Quote> QuoteAsync(Order order, CancellationToken cancellationToken)
    {
        var subtotal = 0;
        var discount = 0;
        foreach (var line in order.Lines)
        {
            var price = line.Quantity * line.UnitPrice;
            subtotal += price;
            if (line.Quantity >= 20)
                discount += price / 10;
            else if (line.Quantity >= 10)
                discount += price / 20;
        }

        if (order.IsMember)
            discount += (subtotal - discount) / 50;

        return Task.FromResult(new Quote(Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime, subtotal, discount, subtotal - discount));
    }
}
