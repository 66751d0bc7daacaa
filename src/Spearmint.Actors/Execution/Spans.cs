using System.Diagnostics;
using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>
/// Spans of runs and branches, from the activity source <c>Spearmint</c>. A run is a child of what its caller was doing, a branch is a child
/// of its run, and a shadow that ends after its run is linked to it as well.
/// </summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(Telemetry.Name);

    public static bool AreListenedTo => Source.HasListeners();

    public static Activity? StartRun(Guid runId, string experiment, string strategy, long settingsVersion, Activity? caller, ParentBranch? outer) => Start(
        "spearmint.run", caller, outer,
        [new("spearmint.run.id", runId.ToString()), new("spearmint.experiment", experiment), new("spearmint.strategy", strategy),
            new("spearmint.settings.version", settingsVersion)]);

    public static Activity? StartBranch(BranchIdentity identity, Activity? parent) => Start(
        "spearmint.branch", parent, identity.Parent,
        [new("spearmint.run.id", identity.RunId.ToString()), new("spearmint.branch.id", identity.BranchId.ToString()),
            new("spearmint.experiment", identity.Experiment), new("spearmint.strategy", identity.Strategy),
            new("spearmint.config.id", identity.Config.Id), new("spearmint.role", TagValues.Of(identity.Role))]);

    public static void EndRun(Activity span, Exception? error)
    {
        // the text may hold secrets; those of the branches are without
        if (error is not null)
            SetError(span, error.GetType().FullName, description: null);
        span.Stop();
    }

    public static void EndBranch(Activity span, Branch branch, Activity? run)
    {
        span.SetTag("spearmint.status", TagValues.Of(branch.Status));
        if (branch.Error is { } error)
            SetError(span, error.Type, error.Message);
        if (!branch.Role.IsAwaited() && run is { IsStopped: true })
            span.AddLink(new ActivityLink(run.Context));
        span.Stop();
    }

    // the spans of the thread that starts one are none of its business
    private static Activity? Start(string name, Activity? parent, ParentBranch? outer, KeyValuePair<string, object?>[] tags)
    {
        var before = Activity.Current;
        try
        {
            Activity.Current = null;
            var span = Source.StartActivity(name, ActivityKind.Internal, parent?.Context ?? default, tags);
            if (outer is not null)
                span?.SetTag("spearmint.parent.run.id", outer.RunId.ToString()).SetTag("spearmint.parent.branch.id", outer.BranchId.ToString());
            return span;
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private static void SetError(Activity span, string? type, string? description)
    {
        span.SetTag("error.type", type);
        span.SetStatus(ActivityStatusCode.Error, description);
    }
}
