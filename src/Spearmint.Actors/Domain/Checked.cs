using System.Collections.Frozen;

namespace Spearmint.Domain;

/// <summary>Values of settings that are in their range. What is not is an <see cref="ArgumentOutOfRangeException"/> that says what would be.</summary>
internal static class Checked
{
    public static TimeSpan Time(TimeSpan value, string name) => value > TimeSpan.Zero && value <= StrategySettings.LongestDeadline
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above zero and at most one day.");

    public static TimeSpan? Time(TimeSpan? value, string name) => value is { } set ? Time(set, name) : null;

    public static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    public static double Share(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share from 0 to 1.");

    public static bool IsWeight(double value) => double.IsFinite(value) && value >= 0;

    public static FrozenDictionary<string, double> Weights(IReadOnlyDictionary<string, double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var copy = values.ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var (id, weight) in copy)
        {
            if (!IsWeight(weight))
                throw new ArgumentOutOfRangeException(name, weight, $"The weight of config '{id}' must be finite and at least 0.");
        }

        return copy;
    }

    public static T Defined<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");
}
