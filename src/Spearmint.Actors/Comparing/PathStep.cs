using System.Text;

namespace Spearmint.Comparing;

/// <summary>One step of a path: a name, an index, or any of either.</summary>
/// <param name="Name">The name; null for an index.</param>
/// <param name="Index">The index, where it is one.</param>
/// <param name="Any">Whether every name, or every index, is meant.</param>
internal readonly record struct PathStep(string? Name, int Index = 0, bool Any = false)
{
    public static PathStep AnyName { get; } = new("*", Any: true);

    public static PathStep AnyIndex { get; } = new(null, Any: true);

    public static PathStep At(int index) => new(null, index);

    public bool Covers(PathStep step) => Name is null == step.Name is null && (Any || (Name == step.Name && Index == step.Index));

    public void WriteTo(StringBuilder text)
    {
        if (Name is null)
            text.Append('[').Append(Index).Append(']');
        else if (IsIdentifier(Name))
            text.Append('.').Append(Name);
        else
            text.Append("['").Append(Name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)).Append("']");
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_');
}
