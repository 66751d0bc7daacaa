using System.Collections.ObjectModel;

namespace Spearmint.Domain;

/// <summary>
/// What is recorded with every branch of a run: a copy that nobody changes, of bounded size and without secrets. What is too much is cut.
/// </summary>
internal sealed class RunContext : ReadOnlyDictionary<string, string>
{
    public const int MaxEntries = 32;
    public const int MaxName = 100;
    public const int MaxValue = 1024;

    private RunContext(Dictionary<string, string> values)
        : base(values)
    {
    }

    /// <summary>The context of what a user gives.</summary>
    /// <param name="values">Names and values; enumerating them is the user's code and may throw.</param>
    /// <param name="secrets">Texts that must not appear in it.</param>
    public static RunContext From(IReadOnlyDictionary<string, string> values, IReadOnlyList<string> secrets)
    {
        if (values is RunContext made && secrets.Count == 0)
            return made;

        var copy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values.Take(MaxEntries))
            copy[Cut(name, MaxName)] = SecretKeys.LooksSecret(name) ? Redaction.Blot : Cut(Redaction.Scrub(value ?? "", secrets), MaxValue);

        return new RunContext(copy);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
