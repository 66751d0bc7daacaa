using System.Globalization;

namespace Spearmint.Chaos;

/// <summary>What the command line says.</summary>
/// <param name="Seed">Decides what every caller asks for and what every function does.</param>
/// <param name="Time">How long the callers go on.</param>
/// <param name="Callers">How many there are.</param>
internal sealed record ChaosOptions(int Seed, TimeSpan Time, int Callers)
{
    public static ChaosOptions Parse(string[] args) => new(
        Value(args, "--seed") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next(),
        Value(args, "--time") is { } time ? TimeSpan.Parse(time, CultureInfo.InvariantCulture) : TimeSpan.FromSeconds(20),
        Value(args, "--callers") is { } callers ? int.Parse(callers, CultureInfo.InvariantCulture) : 32);

    /// <summary>A generator of its own for each part, so that no part disturbs the numbers of another.</summary>
    public Random RandomFor(int part) => new(unchecked((Seed * 7919) + part));

    private static string? Value(string[] args, string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
}
