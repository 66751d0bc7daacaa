using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Dto;

/// <summary>How many branches are where in their life.</summary>
internal sealed record CountsDto(int Total, int Pending, int Success, int Failed, int TimedOut, int Cancelled, int Skipped)
{
    public static CountsDto Of(RunSummary run) => new(
        run.Pending + run.Success + run.Failed + run.TimedOut + run.Cancelled + run.Skipped, run.Pending, run.Success, run.Failed, run.TimedOut,
        run.Cancelled, run.Skipped);
}
