namespace Spearmint.Statistics;

/// <summary>
/// The quantile function of the standard normal distribution: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal
/// Distribution", Applied Statistics 37 (1988), routine PPND16, accurate to about 1 part in 10^16.
/// </summary>
internal static class NormalQuantile
{
    // of the highest power first
    private static readonly double[] CentralAbove =
    [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ];

    private static readonly double[] CentralBelow =
    [
        5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ];

    private static readonly double[] MiddleAbove =
    [
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
        3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ];

    private static readonly double[] MiddleBelow =
    [
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
        0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ];

    private static readonly double[] FarAbove =
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
        0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
    ];

    private static readonly double[] FarBelow =
    [
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
        0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
    ];

    /// <summary>Half of the width of a two-sided interval of 95 %, in standard deviations.</summary>
    // after the coefficients, which it needs
    public static readonly double OfInterval = Of(0.975);

    /// <summary>The value that a standard normal variable stays below with a probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Of(double probability)
    {
        var fromMiddle = probability - 0.5;
        if (Math.Abs(fromMiddle) <= 0.425)
            return fromMiddle * Ratio(CentralAbove, CentralBelow, 0.180625 - (fromMiddle * fromMiddle));

        var tail = Math.Sqrt(-Math.Log(Math.Min(probability, 1 - probability)));
        var distance = tail <= 5 ? Ratio(MiddleAbove, MiddleBelow, tail - 1.6) : Ratio(FarAbove, FarBelow, tail - 5);
        return fromMiddle < 0 ? -distance : distance;
    }

    private static double Ratio(double[] above, double[] below, double at) => Polynomial(above, at) / Polynomial(below, at);

    private static double Polynomial(double[] coefficients, double at)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
            sum = (sum * at) + coefficient;
        return sum;
    }
}
