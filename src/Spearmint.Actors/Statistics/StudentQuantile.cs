namespace Spearmint.Statistics;

/// <summary>
/// The quantile of Student's t distribution that a two-sided interval of 95 % takes, found by bisection of the distribution function: the
/// regularised incomplete beta function by its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.4), as accurate
/// as about 1 part in 10^9.
/// </summary>
internal static class StudentQuantile
{
    private const double UpperTail = 0.025;

    // from here on it is the normal distribution's within 3 parts in a million
    private const double AlmostNormal = 1e6;
    private const double Tiny = 1e-300;
    private const double Exact = 1e-15;
    private const int MostTerms = 1000;
    private const int Halvings = 60;

    // C. Lanczos, "A Precision Approximation of the Gamma Function", SIAM Journal on Numerical Analysis 1 (1964), with g = 7
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Half of the width of a two-sided interval of 95 %, in standard errors.</summary>
    /// <param name="degrees">The degrees of freedom, at least 1; they need not be whole.</param>
    public static double OfInterval(double degrees)
    {
        if (degrees >= AlmostNormal)
            return NormalQuantile.OfInterval;

        // 12.7 is that of one degree of freedom, the widest
        var (low, high) = (NormalQuantile.OfInterval, 12.8);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            if (Above(middle, degrees) > UpperTail)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    // the probability of what is above t
    private static double Above(double t, double degrees) => IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2, 0.5) / 2;

    private static double IncompleteBeta(double x, double a, double b)
    {
        // the fraction converges fast on this side of the mean only
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(1 - x, b, a);

        var factor = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;
        return factor / Fraction(x, a, b);
    }

    // W. J. Lentz, "Generating Bessel Functions in Mie Scattering Calculations Using Continued Fractions", Applied Optics 15 (1976)
    private static double Fraction(double x, double a, double b)
    {
        var (value, c, d) = (1.0, 1.0, 0.0);
        for (var term = 1; term < MostTerms; term++)
        {
            var m = term / 2;
            var numerator = term % 2 == 0
                ? m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (numerator * d));
            c = NotZero(1 + (numerator / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Exact)
                break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    // of at least one half, which is the least that is asked for
    private static double LogGamma(double x)
    {
        var sum = Lanczos[0];
        for (var term = 1; term < Lanczos.Length; term++)
            sum += Lanczos[term] / (x - 1 + term);

        var t = x + Lanczos.Length - 2.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
