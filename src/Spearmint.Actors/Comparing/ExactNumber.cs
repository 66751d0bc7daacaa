using System.Globalization;
using System.Numerics;

namespace Spearmint.Comparing;

/// <summary>A decimal number without rounding: digits times a power of ten. Equal values are equal, whatever they were written like.</summary>
internal readonly record struct ExactNumber(BigInteger Digits, int Exponent)
{
    /// <summary>Reads a number as JSON writes it; null where its exponent is beyond all use.</summary>
    public static ExactNumber? Parse(string json)
    {
        var exponentAt = json.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(json.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return null;

        var digits = exponentAt < 0 ? json : json[..exponentAt];
        var pointAt = digits.IndexOf('.', StringComparison.Ordinal);
        if (pointAt >= 0)
        {
            exponent -= digits.Length - pointAt - 1;
            digits = digits.Remove(pointAt, 1);
        }

        var significant = digits.TrimEnd('0');
        return significant is "" or "-"
            ? new ExactNumber(BigInteger.Zero, 0)
            : new ExactNumber(BigInteger.Parse(significant, CultureInfo.InvariantCulture), exponent + digits.Length - significant.Length);
    }

    public ExactNumber Magnitude => this with { Digits = BigInteger.Abs(Digits) };

    public static ExactNumber operator -(ExactNumber left, ExactNumber right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return new ExactNumber(left.DigitsAt(exponent) - right.DigitsAt(exponent), exponent);
    }

    public static ExactNumber operator *(ExactNumber left, ExactNumber right) => new(left.Digits * right.Digits, left.Exponent + right.Exponent);

    public static bool operator <=(ExactNumber left, ExactNumber right) => (left - right).Digits.Sign <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => right <= left;

    private BigInteger DigitsAt(int exponent) => Digits * BigInteger.Pow(10, Exponent - exponent);
}
