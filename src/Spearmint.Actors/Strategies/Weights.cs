using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Divides the shares from 0 to 1 among choices, in proportion to their weights.</summary>
internal sealed class Weights
{
    private readonly double[] _ends;

    private Weights(double[] ends) => _ends = ends;

    public static Weights Of<T>((double Weight, T Choice)[] choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Length == 0)
            throw new ArgumentException("Give at least one strategy to pick.", nameof(choices));

        for (var place = 0; place < choices.Length; place++)
        {
            var (weight, choice) = choices[place];
            if (choice is null)
                throw new ArgumentException($"The strategy at place {place} is null.", nameof(choices));
            if (!Checked.IsWeight(weight))
                throw new ArgumentException($"A weight must be finite and at least 0, not {weight}.", nameof(choices));
        }

        return Of([.. choices.Select(choice => choice.Weight)], nameof(choices));
    }

    /// <summary>Of weights that are finite and at least 0.</summary>
    public static Weights Of(double[] weights, string name)
    {
        var sum = 0.0;
        double[] ends = [.. weights.Select(weight => sum += weight)];
        if (sum is 0 or double.PositiveInfinity)
            throw new ArgumentException($"The weights must have a finite sum above 0, not {sum}.", name);

        return new Weights([.. ends.Select(end => end / sum)]);
    }

    /// <summary>The place of the choice that a share in [0, 1) falls to.</summary>
    public int Place(double share)
    {
        // the last end is exactly 1
        var place = 0;
        while (share >= _ends[place])
            place++;

        return place;
    }
}
