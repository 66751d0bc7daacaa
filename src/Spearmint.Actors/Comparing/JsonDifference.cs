using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>
/// Where two JSON values differ, in the order of the reference. Numbers are equal by value, objects whatever the order of their names; of a
/// name that stands in an object twice the last counts.
/// </summary>
internal sealed class JsonDifference
{
    private readonly Tolerance _tolerance;
    private readonly ImmutableArray<IgnoredPath> _ignored;
    private readonly IReadOnlyList<string> _secrets;
    private readonly bool _oneIsEnough;

    private readonly FoundDifferences _found = new();
    private readonly List<PathStep> _path = [];
    private readonly Dictionary<string, bool> _looksSecret = [];

    // the ignored path at or above where the walk is
    private IgnoredPath? _ignoring;

    private JsonDifference(Tolerance tolerance, ImmutableArray<IgnoredPath> ignored, IReadOnlyList<string> secrets, bool oneIsEnough)
    {
        _tolerance = tolerance;
        _ignored = ignored;
        _secrets = secrets;
        _oneIsEnough = oneIsEnough;
    }

    public static bool IsNone(JsonElement reference, JsonElement compared, Tolerance tolerance)
    {
        var walk = new JsonDifference(tolerance, [], [], oneIsEnough: true);
        walk.Compare(reference, compared);
        return walk._found.Count == 0;
    }

    /// <summary>The differences, without secrets.</summary>
    /// <param name="reference">The value on the left.</param>
    /// <param name="compared">The value on the right.</param>
    /// <param name="tolerance">Which numbers count as equal.</param>
    /// <param name="ignored">The places whose differences do not count.</param>
    /// <param name="secrets">Texts that must not appear in the result, longest first.</param>
    public static FoundDifferences Between(
        JsonElement reference, JsonElement compared, Tolerance tolerance, ImmutableArray<IgnoredPath> ignored, IReadOnlyList<string> secrets)
    {
        var walk = new JsonDifference(tolerance, ignored, secrets, oneIsEnough: false);
        walk.Compare(reference, compared);
        return walk._found;
    }

    private void Compare(JsonElement reference, JsonElement compared)
    {
        if (AreSpelledAlike(reference, compared) || (_oneIsEnough && _found.Count > 0))
            return;

        var above = _ignoring;
        _ignoring ??= IgnoredHere();
        switch (reference.ValueKind, compared.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(reference, compared);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(reference, compared);
                break;
            case (JsonValueKind.Number, JsonValueKind.Number) when _tolerance.Covers(reference.GetRawText(), compared.GetRawText()):
            case (JsonValueKind.String, JsonValueKind.String) when reference.ValueEquals(compared.GetString()):
                break;
            default:
                Found(reference, compared);
                break;
        }

        _ignoring = above;
    }

    // apart from Compare, where a closure would be made for every value
    private void Found(JsonElement reference, JsonElement compared) => _found.Add(_ignoring, () => Here(reference, compared));

    private void CompareObjects(JsonElement reference, JsonElement compared)
    {
        var left = Members(reference);
        var right = Members(compared);
        foreach (var (name, value) in left)
            CompareAt(new PathStep(name), value, right.GetValueOrDefault(name));
        foreach (var (name, value) in right)
        {
            if (!left.ContainsKey(name))
                CompareAt(new PathStep(name), default, value);
        }
    }

    private void CompareArrays(JsonElement reference, JsonElement compared)
    {
        using var left = reference.EnumerateArray();
        using var right = compared.EnumerateArray();
        for (var index = 0; ; index++)
        {
            var (isLeft, isRight) = (left.MoveNext(), right.MoveNext());
            if (!isLeft && !isRight)
                return;

            CompareAt(PathStep.At(index), isLeft ? left.Current : default, isRight ? right.Current : default);
        }
    }

    private void CompareAt(PathStep step, JsonElement reference, JsonElement compared)
    {
        _path.Add(step);
        Compare(reference, compared);
        _path.RemoveAt(_path.Count - 1);
    }

    // what both have is written alike nearly always, so that equal parts cost no more than a look at their bytes
    private static bool AreSpelledAlike(JsonElement reference, JsonElement compared) =>
        reference.ValueKind == compared.ValueKind
        && JsonMarshal.GetRawUtf8Value(reference).SequenceEqual(JsonMarshal.GetRawUtf8Value(compared));

    private static OrderedDictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new OrderedDictionary<string, JsonElement>(element.GetPropertyCount());
        foreach (var property in element.EnumerateObject())
            members[property.Name] = property.Value;

        return members;
    }

    private IgnoredPath? IgnoredHere()
    {
        foreach (var place in _ignored)
        {
            if (place.IsAt(_path))
                return place;
        }

        return null;
    }

    private Difference Here(JsonElement reference, JsonElement compared)
    {
        var path = new StringBuilder("$");
        string? key = null;
        foreach (var step in _path)
        {
            // everything below a key that looks secret is secret, as in redaction
            if (step.Name is not null && !LooksSecret(key))
                key = step.Name;
            (step.Name is null ? step : new PathStep(Redaction.Scrub(step.Name, _secrets))).WriteTo(path);
        }

        return new Difference(CutOff.At1024(path.ToString()), Text(reference, key), Text(compared, key));
    }

    private string? Text(JsonElement value, string? key)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return null;

        // most values are plain, of a plain name, and nothing is known to be secret
        var isPlain = _secrets.Count == 0 && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && !LooksSecret(key);
        return CutOff.At1024((isPlain ? value : Redaction.Redact(value, _secrets, key)).GetRawText());
    }

    private bool LooksSecret(string? name)
    {
        if (name is null)
            return false;
        if (!_looksSecret.TryGetValue(name, out var looks))
            _looksSecret[name] = looks = SecretKeys.LooksSecret(name);

        return looks;
    }
}
