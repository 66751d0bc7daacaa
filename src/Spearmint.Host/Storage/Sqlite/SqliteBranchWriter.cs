using Microsoft.Data.Sqlite;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Sqlite;

/// <summary>Inserts branches by two statements that stay prepared.</summary>
internal sealed class SqliteBranchWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _branch = Prepare(connection, BranchSql.Columns.Count, BranchSql.InsertBranches, BranchSql.OnBranchConflict);
    private readonly SqliteStatement _detail = Prepare(connection, BranchSql.DetailColumns.Count, BranchSql.InsertDetails, BranchSql.OnDetailConflict);

    public void Write(IReadOnlyList<BranchValues> branches)
    {
        // by index: an enumerator would be one more object per batch
        for (var index = 0; index < branches.Count; index++)
            Write(branches[index]);
    }

    public void Dispose()
    {
        _branch.Dispose();
        _detail.Dispose();
    }

    private void Write(BranchValues branch)
    {
        _branch.Bind(branch.Id);
        _branch.Bind(branch.RunId);
        _branch.Bind(branch.Session);
        _branch.Bind(branch.StartedSequence);
        _branch.Bind(branch.FinishedSequence);
        _branch.Bind(branch.Experiment);
        _branch.Bind(branch.Strategy);
        _branch.Bind(branch.Config);
        _branch.Bind(branch.Role);
        _branch.Bind(branch.Status);
        _branch.Bind(branch.StartedAt);
        _branch.Bind(branch.Duration);
        _branch.Bind(branch.SettingsVersion);
        _branch.Bind(branch.Verdict);
        _branch.Bind(branch.ErrorType);
        _branch.Bind(branch.SkipReason);
        _branch.Bind(branch.TraceId);
        _branch.Bind(branch.Metrics);
        _branch.Bind(branch.Size);
        _branch.Run();
        if (branch.Details is not { } details)
            return;

        _detail.Bind(branch.Id);
        _detail.Bind(details.ParentRunId);
        _detail.Bind(details.ParentBranchId);
        _detail.Bind(details.Context);
        _detail.Bind(details.Input);
        _detail.Bind(details.Output);
        _detail.Bind(details.Error);
        _detail.Bind(details.Late);
        _detail.Bind(details.Compared);
        _detail.Run();
    }

    private static SqliteStatement Prepare(SqliteConnection connection, int columns, string insert, string onConflict) =>
        new(connection, $"{insert} VALUES ({string.Join(", ", Enumerable.Repeat("?", columns))}) {onConflict}");
}
