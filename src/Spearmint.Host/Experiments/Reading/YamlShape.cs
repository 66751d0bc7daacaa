using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>
/// Looks over a file before it is built: nested values are built by recursion, and a stack that overflows ends the process. An alias counts as
/// all that its anchor holds.
/// </summary>
internal sealed class YamlShape
{
    private const int MostNesting = 62;
    private const int MostValues = 1_000_000;

    private readonly Stack<Open> _open = [];
    private readonly Dictionary<AnchorName, (long Values, int Height)> _anchors = [];

    /// <summary>Where the file has been read to.</summary>
    public Mark Place { get; private set; } = Mark.Empty;

    /// <summary>Whether the file can be built; where it cannot, the problems say why.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public bool IsFine(string text, FileProblems problems)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            var each = parser.Current!;
            Place = each.Start;
            if (Refuse(each) is { } why)
            {
                problems.Add(each.Start, why);
                return false;
            }
        }

        return true;
    }

    private string? Refuse(ParsingEvent each)
    {
        switch (each)
        {
            case AnchorAlias alias:
                return !_anchors.TryGetValue(alias.Value, out var held) ? $"There is no value with the anchor &{alias.Value} that has ended before it; an alias stands for one."
                    : _open.TryPeek(out var around) && around.IsAtKey ? NoKey
                    : Add(held.Values, held.Height, default);
            case Scalar scalar:
                return Add(1, 0, scalar.Anchor);
            case MappingStart or SequenceStart:
                if (_open.TryPeek(out var parent) && parent.IsAtKey)
                    return NoKey;
                _open.Push(new Open(((NodeEvent)each).Anchor, each is MappingStart));
                return _open.Count > MostNesting ? TooDeep : null;
            case MappingEnd or SequenceEnd:
                var ended = _open.Pop();
                return Add(ended.Values, ended.Height + 1, ended.Anchor);
            default:
                return null;
        }
    }

    private string? Add(long values, int height, AnchorName anchor)
    {
        if (_open.TryPeek(out var around))
            around.Add(values, height);
        if (!anchor.IsEmpty)
            _anchors[anchor] = (values, height);

        return _open.Count + height > MostNesting ? TooDeep
            : values > MostValues || around?.Values > MostValues ? $"This stands for more than {MostValues} values; use fewer aliases."
            : null;
    }

    private static string NoKey => "A key is a text; this is something else. A placeholder stands in quotes: \"{{input}}\".";

    private static string TooDeep => $"Values are nested more than {MostNesting} deep.";

    // a mapping or a list that has not ended
    private sealed class Open(AnchorName anchor, bool isMapping)
    {
        public AnchorName Anchor => anchor;

        // a list has no keys
        private bool _isAtValue;

        public bool IsAtKey => isMapping && !_isAtValue;

        public long Values { get; private set; } = 1;

        public int Height { get; private set; }

        public void Add(long values, int height)
        {
            Values += values;
            Height = Math.Max(Height, height);
            _isAtValue = !_isAtValue;
        }
    }
}
