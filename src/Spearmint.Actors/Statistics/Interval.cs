namespace Spearmint.Statistics;

/// <summary>The values between two bounds, both included.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct Interval(double Low, double High);

/// <summary>The times between two bounds, both included.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct TimeInterval(TimeSpan Low, TimeSpan High);
