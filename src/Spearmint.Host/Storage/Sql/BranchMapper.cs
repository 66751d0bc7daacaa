using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Makes the values that are kept of what a batch says.</summary>
internal static class BranchMapper
{
    public static BranchValues Values(BranchRow row, Interner numbers, int session, int bytes)
    {
        var any = row.Any;
        var finished = row.Finished;
        return new BranchValues
        {
            Fixed = bytes,
            Id = any.BranchId,
            RunId = any.RunId,
            Session = session,
            StartedSequence = row.Started?.Sequence,
            FinishedSequence = finished?.Sequence,
            Experiment = numbers.NameOf(any.Experiment),
            Strategy = numbers.NameOf(any.Strategy),
            Config = numbers.ConfigOf(any.Experiment, any.ConfigId),
            Role = (short)any.Role,
            Status = (short)(finished?.Status ?? BranchStatus.Pending),
            StartedAt = StoredTime.Of(any.StartedAt),
            Duration = finished?.Duration.Ticks ?? 0,
            SettingsVersion = any.SettingsVersion,
            Verdict = (short?)row.Compared?.Comparison.Verdict,
            ErrorType = finished?.Error is { } error ? numbers.NameOf(error.Type) : null,
            SkipReason = finished?.SkipReason is { } reason ? numbers.NameOf(reason) : null,
            TraceId = any.TraceId,
            Metrics = finished is null ? null : StoredJson.WriteMetrics(finished.Metrics),
            Details = Details(row),
        };
    }

    private static DetailValues? Details(BranchRow row)
    {
        var any = row.Any;
        var details = new DetailValues(
            any.ParentRunId,
            any.ParentBranchId,
            StoredJson.Write(any.Context),
            StoredJson.Write(any.Input),
            StoredJson.Write(row.Finished?.Output),
            StoredJson.Write(row.Finished?.Error),
            StoredJson.Write(row.Late),
            StoredJson.Write(row.Compared));
        return details.IsEmpty ? null : details;
    }
}
