using System.Runtime.CompilerServices;

namespace Spearmint.Comparing;

/// <summary>
/// Whether two outputs are equal: by their own equality; where that is none, or only the compiler's, also by their JSON, as far as it shows
/// what they are. See docs/decisions/equality.md.
/// </summary>
internal sealed class OutputEquality
{
    private readonly Tolerance _tolerance;

    // what is being compared already is taken for equal, so that objects that lead back to themselves come to an end
    private readonly HashSet<(object, object)> _assumed = new(new BothSame());

    private OutputEquality(Tolerance tolerance) => _tolerance = tolerance;

    public static bool Same<T>(T reference, T compared, Tolerance tolerance) =>
        EqualityComparer<T>.Default.Equals(reference, compared)
        || (reference is not null && compared is not null && new OutputEquality(tolerance).SameJson(reference, compared));

    private bool SameJson(object reference, object compared)
    {
        var own = TypeEquality.IsOwn(reference.GetType()) || TypeEquality.IsOwn(compared.GetType());
        if (own && _tolerance.IsNone)
            return false;
        if (!_assumed.Add((reference, compared)))
            return true;
        if (OutputJson.Of(reference) is not { } left || OutputJson.Of(compared) is not { } right)
            return false;
        if (!JsonDifference.IsNone(left.Json, right.Json, _tolerance))
            return false;

        // where a tolerance is to excuse what an equality of their own says, there must be something to excuse
        if (own && JsonDifference.IsNone(left.Json, right.Json, Tolerance.None))
            return false;

        return left.Parts.Count == right.Parts.Count && left.Parts.Zip(right.Parts).All(pair => SamePart(pair.First, pair.Second));
    }

    private bool SamePart(WrittenPart reference, WrittenPart compared)
    {
        var type = reference.Value.GetType();
        if (reference.Value.Equals(compared.Value))
            return true;
        if (type != compared.Value.GetType())
            return reference.IsCollection && compared.IsCollection;
        if (TypeEquality.IsOwn(type) || reference.IsWrittenInPart)
            return SameJson(reference.Value, compared.Value);

        return !reference.ShowsNothing;
    }

    private sealed class BothSame : IEqualityComparer<(object, object)>
    {
        public bool Equals((object, object) x, (object, object) y) => ReferenceEquals(x.Item1, y.Item1) && ReferenceEquals(x.Item2, y.Item2);

        public int GetHashCode((object, object) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Item1), RuntimeHelpers.GetHashCode(pair.Item2));
    }
}
