namespace Spearmint.Comparing;

/// <summary>Texts of at most 1024 characters.</summary>
internal static class CutOff
{
    private const int MaxLength = 1024;

    public static string At1024(string text)
    {
        if (text.Length <= MaxLength)
            return text;

        // half of a surrogate pair is no text
        var length = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
