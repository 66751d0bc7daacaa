using System.Globalization;

namespace Spearmint.Comparing;

/// <summary>How far apart two numbers may be and still count as equal.</summary>
internal sealed class Tolerance
{
    // beyond the range of a double; differences of such numbers would have thousands of digits
    private const int MaxExponent = 1_000;

    private readonly ExactNumber _absolute;
    private readonly ExactNumber _relative;

    public Tolerance(double absolute, double relative)
    {
        _absolute = Exact(absolute, nameof(absolute));
        _relative = Exact(relative, nameof(relative));
        IsNone = absolute == 0 && relative == 0;
    }

    /// <summary>Numbers are equal when their values are.</summary>
    public static Tolerance None { get; } = new(0, 0);

    public bool IsNone { get; }

    /// <summary>Whether two numbers, as JSON writes them, count as equal.</summary>
    public bool Covers(string left, string right)
    {
        if (ExactNumber.Parse(left) is not { } a || ExactNumber.Parse(right) is not { } b)
            return left == right;
        if (a == b || IsNone)
            return a == b;
        if (Math.Abs((long)a.Exponent) > MaxExponent || Math.Abs((long)b.Exponent) > MaxExponent)
            return false;

        var distance = (a - b).Magnitude;
        return distance <= _absolute || distance <= _relative * (a.Magnitude <= b.Magnitude ? b.Magnitude : a.Magnitude);
    }

    private static ExactNumber Exact(double value, string name) => double.IsFinite(value) && value >= 0
        ? ExactNumber.Parse(value.ToString("R", CultureInfo.InvariantCulture))!.Value
        : throw new ArgumentOutOfRangeException(name, value, $"A tolerance is a finite number of at least 0, and {name} is none.");
}
