using System.Globalization;

namespace Spearmint.StorageBench;

/// <summary>Reads the command line.</summary>
internal static class StorageOptionsOf
{
    public static string? Text(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

    public static int Number(string[] args, string name, int otherwise) =>
        Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
