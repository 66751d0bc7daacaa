using System.Text.RegularExpressions;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>What the library says of a value that it refuses, for the reader of a file.</summary>
internal static partial class Reason
{
    /// <summary>The message without the name of a parameter, which no file has.</summary>
    public static string Of(ArgumentException exception) => Parameter().Replace(exception.Message, "");

    [GeneratedRegex(@" \(Parameter '[^']*'\)|\r?\nActual value was .*\z", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
