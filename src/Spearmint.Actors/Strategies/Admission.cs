using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>Who asks for a run, and when, as far as that decides whether it takes part.</summary>
/// <param name="Now">When it is planned.</param>
/// <param name="MayTakePart">Whether the caller lets it take part.</param>
/// <param name="ForcedConfigId">The config that the caller wants, if any.</param>
internal readonly record struct Admission(DateTimeOffset Now, bool MayTakePart, string? ForcedConfigId)
{
    public Attendance Of(in PlanRequest request)
    {
        if (ForcedConfigId is not null)
            return Attendance.Forced;

        return MayTakePart && IsIncluded(request) ? Attendance.TakesPart : Attendance.StaysOut;
    }

    private bool IsIncluded(in PlanRequest request)
    {
        var participation = request.Settings.Participation;

        // where all or none take part, no place need be known
        var place = participation.Share is > 0 and < 1 ? PlaceOf(request) : 0;
        return participation.Includes(Now, request.Key, place);
    }

    private static double PlaceOf(in PlanRequest request) => request.Key is { } key
        ? StableHash.Share(key, StableHash.Participation)
        : StableHash.Share(request.RunId, StableHash.Participation);
}
