using System.Globalization;

namespace Spearmint.Latency;

/// <summary>What the command line says.</summary>
/// <param name="Rate">Calls per second.</param>
/// <param name="Time">How long a round takes.</param>
/// <param name="Rounds">How many rounds each row is measured in.</param>
/// <param name="Only">Part of the titles of the tables to measure; empty for all.</param>
internal sealed record LatencyOptions(int Rate, TimeSpan Time, int Rounds, string Only)
{
    public static LatencyOptions Parse(string[] args) =>
        new(Value(args, "--rate", 1000), TimeSpan.FromSeconds(Value(args, "--seconds", 10)), Value(args, "--rounds", 5), Text(args, "--only") ?? "");

    private static int Value(string[] args, string name, int otherwise) =>
        Text(args, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] args, string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
}
