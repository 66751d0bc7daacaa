namespace Spearmint.Host.Storage.Sql;

/// <summary>How branches get into their tables.</summary>
internal static class BranchSql
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "run_id", "session", "started_sequence", "finished_sequence", "experiment", "strategy", "config", "role", "status", "started_at", "duration",
        "settings_version", "verdict", "error_type", "skip_reason", "trace_id", "metrics", "size",
    ];

    public static IReadOnlyList<string> DetailColumns { get; } =
        ["id", "parent_run_id", "parent_branch_id", "context", "input", "output", "error", "late", "compared"];

    public static string InsertBranches { get; } = $"INSERT INTO branches ({string.Join(", ", Columns)})";

    public static string InsertDetails { get; } = $"INSERT INTO branch_details ({string.Join(", ", DetailColumns)})";

    /// <summary>The end of a branch whose start is there.</summary>
    public const string OnBranchConflict =
        """
        ON CONFLICT (id) DO UPDATE SET finished_sequence = excluded.finished_sequence, status = excluded.status, duration = excluded.duration,
            verdict = coalesce(excluded.verdict, branches.verdict), error_type = excluded.error_type, skip_reason = excluded.skip_reason,
            metrics = excluded.metrics, size = excluded.size
        """;

    public const string OnDetailConflict =
        """
        ON CONFLICT (id) DO UPDATE SET output = excluded.output, error = excluded.error, late = coalesce(excluded.late, branch_details.late),
            compared = coalesce(excluded.compared, branch_details.compared)
        """;
}
