using System.Collections.Immutable;
using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>Where two branches differ of which one has failed at least: in how they ended and in what they threw.</summary>
internal static class OutcomeDifference
{
    public static FoundDifferences Between(Branch reference, Branch compared, ImmutableArray<IgnoredPath> ignored, IReadOnlyList<string> secrets)
    {
        var found = new FoundDifferences();
        Add("$status", reference.Status.ToString(), compared.Status.ToString());
        Add("$error.type", reference.Exception?.GetType().FullName, compared.Exception?.GetType().FullName);
        Add("$error.message", reference.Exception?.Message, compared.Exception?.Message);
        return found;

        void Add(string path, string? left, string? right)
        {
            if (left != right)
                found.Add(ignored.FirstOrDefault(place => place.CoversOutcome(path)), () => new Difference(path, Json(left), Json(right)));
        }

        string? Json(string? text) => text is null ? null : CutOff.At1024(JsonSerializer.Serialize(Redaction.Scrub(text, secrets), ConfigJson.Options));
    }
}
