using Npgsql;
using NpgsqlTypes;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Postgres;

/// <summary>Inserts branches by one statement each for a batch: a column is an array.</summary>
internal static class PostgresBranchWriter
{
    private static readonly string Branches =
        $"{BranchSql.InsertBranches} SELECT * FROM unnest({Parameters(BranchSql.Columns.Count)}) {BranchSql.OnBranchConflict}";

    private static readonly string Details =
        $"{BranchSql.InsertDetails} SELECT * FROM unnest({Parameters(BranchSql.DetailColumns.Count)}) {BranchSql.OnDetailConflict}";

    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<BranchValues> branches, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var insert = new NpgsqlBatchCommand(Branches);
        Add(insert, branches, NpgsqlDbType.Uuid, branch => branch.Id);
        Add(insert, branches, NpgsqlDbType.Uuid, branch => branch.RunId);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.Session);
        Add(insert, branches, NpgsqlDbType.Bigint, branch => branch.StartedSequence);
        Add(insert, branches, NpgsqlDbType.Bigint, branch => branch.FinishedSequence);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.Experiment);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.Strategy);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.Config);
        Add(insert, branches, NpgsqlDbType.Smallint, branch => branch.Role);
        Add(insert, branches, NpgsqlDbType.Smallint, branch => branch.Status);
        Add(insert, branches, NpgsqlDbType.Bigint, branch => branch.StartedAt);
        Add(insert, branches, NpgsqlDbType.Bigint, branch => branch.Duration);
        Add(insert, branches, NpgsqlDbType.Bigint, branch => branch.SettingsVersion);
        Add(insert, branches, NpgsqlDbType.Smallint, branch => branch.Verdict);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.ErrorType);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.SkipReason);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.TraceId);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Metrics);
        Add(insert, branches, NpgsqlDbType.Integer, branch => branch.Size);
        batch.BatchCommands.Add(insert);

        if (branches.Where(branch => branch.Details is not null).ToList() is { Count: > 0 } detailed)
            batch.BatchCommands.Add(InsertDetails(detailed));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand InsertDetails(List<BranchValues> branches)
    {
        var insert = new NpgsqlBatchCommand(Details);
        Add(insert, branches, NpgsqlDbType.Uuid, branch => branch.Id);
        Add(insert, branches, NpgsqlDbType.Uuid, branch => branch.Details!.ParentRunId);
        Add(insert, branches, NpgsqlDbType.Uuid, branch => branch.Details!.ParentBranchId);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Context);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Input);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Output);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Error);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Late);
        Add(insert, branches, NpgsqlDbType.Text, branch => branch.Details!.Compared);
        return insert;
    }

    private static void Add<T>(NpgsqlBatchCommand command, IReadOnlyList<BranchValues> branches, NpgsqlDbType type, Func<BranchValues, T> value)
    {
        var column = new T[branches.Count];
        for (var row = 0; row < column.Length; row++)
            column[row] = value(branches[row]);
        command.Parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number}"));
}
