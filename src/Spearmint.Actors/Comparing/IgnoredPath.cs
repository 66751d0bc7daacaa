using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spearmint.Comparing;

/// <summary>A place where differences do not matter, and everything below it.</summary>
internal sealed partial class IgnoredPath
{
    private static readonly string[] Outcomes = ["$status", "$error", "$error.type", "$error.message"];

    // null where the place is in no output
    private readonly ImmutableArray<PathStep>? _steps;
    private readonly string _path;

    public IgnoredPath(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Name = name;
        _path = path;
        _steps = Outcomes.Contains(path) ? null : Parse(path);
    }

    public string Name { get; }

    /// <summary>Whether this is the place that the steps lead to.</summary>
    public bool IsAt(List<PathStep> steps)
    {
        if (_steps is not { } own || own.Length != steps.Count)
            return false;

        for (var step = 0; step < own.Length; step++)
        {
            if (!own[step].Covers(steps[step]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a place that is in no output is this one or below it.</summary>
    public bool CoversOutcome(string path) => _steps is null && (path == _path || path.StartsWith($"{_path}.", StringComparison.Ordinal));

    private static ImmutableArray<PathStep> Parse(string path)
    {
        if (!Whole().IsMatch(path))
        {
            throw new ArgumentException(
                $"'{path}' is no path. A path begins with $ and goes on with .name, ['odd name'], [3], [*] for every index or .* for every name: "
                + $"$.items[*].updatedAt. Beside the outputs there are {string.Join(", ", Outcomes)}.", nameof(path));
        }

        return [.. Step().Matches(path).Select(match => Step(match.Value))];
    }

    private static PathStep Step(string text) => text switch
    {
        ".*" => PathStep.AnyName,
        "[*]" => PathStep.AnyIndex,
        ['.', .. var name] => new PathStep(name),
        ['[', '\'', .. var name, '\'', ']'] => new PathStep(Escaped().Replace(name, "$1")),
        _ => PathStep.At(int.Parse(text.AsSpan(1, text.Length - 2), CultureInfo.InvariantCulture)),
    };

    private const string Steps = @"\.\*|\.[^.*\[\]'""\s]+|\[\*\]|\[[0-9]{1,9}\]|\['(?:[^'\\]|\\['\\])*'\]";

    [GeneratedRegex($@"\A\$(?:{Steps})*\z")]
    private static partial Regex Whole();

    [GeneratedRegex(Steps)]
    private static partial Regex Step();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
