using System.Security.Cryptography;
using System.Text;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Texts as every database takes them.</summary>
internal static class StoredText
{
    private const int LongestName = 500;
    private const int HashDigits = 32;

    private static readonly Rune Replacement = Rune.ReplacementChar;

    /// <summary>A text that is looked for: one of more than 500 characters is cut, and ends with a hash of all of it, since PostgreSQL has no index of longer ones.</summary>
    public static string Name(string text) => text.Length <= LongestName
        ? Of(text)
        : Of($"{text.AsSpan(0, LongestName - HashDigits - 1)}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits]}");

    /// <summary>The text, with U+FFFD in the place of U+0000 and of halves of surrogate pairs, which PostgreSQL refuses.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append((rune.Value == 0 ? Replacement : rune).ToString());
        return clean.ToString();
    }
}

/// <summary>Times as they are kept.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset Read(long ticks) => DateTimeOffset.UnixEpoch.AddTicks(ticks);

    /// <summary>The lowest id that a branch can have which starts at a time: ids begin with the milliseconds.</summary>
    public static Guid LowestId(DateTimeOffset time)
    {
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
        return new Guid((uint)(milliseconds >> 16), (ushort)milliseconds, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
