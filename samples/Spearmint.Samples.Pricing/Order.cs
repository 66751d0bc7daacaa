namespace Spearmint.Samples.Pricing;

/// <summary>What somebody wants to buy.</summary>
internal sealed record Order(int Number, bool IsMember, IReadOnlyList<OrderLine> Lines);

/// <summary>So many of one thing, at a price in cents.</summary>
internal sealed record OrderLine(int Quantity, int UnitPrice);

/// <summary>What it costs, in cents. Its id and its time are new with every quote: two quotes of one order are never equal.</summary>
internal sealed record Quote(Guid Id, DateTime QuotedAt, int Subtotal, int Discount, int Total);
