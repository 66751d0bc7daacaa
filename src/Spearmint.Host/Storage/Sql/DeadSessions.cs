using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Ends the branches of processes that ended without a word: cancelled, with an error that says why.</summary>
internal sealed class DeadSessions(SqlSession session, BatchWriter writer)
{
    private const int BranchesAtOnce = 1000;

    /// <param name="own">The session that lives.</param>
    /// <param name="now">When they are taken for ended.</param>
    /// <param name="cancellationToken">Ends the work between two steps.</param>
    public async Task EndAsync(int own, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await session.QueryAsync(
            """
            SELECT id, host, pid FROM sessions WHERE id <> @p0
                AND (ended_at IS NULL OR EXISTS (SELECT 1 FROM branches b WHERE b.status = 0 AND b.status <> 1 AND b.session = sessions.id))
            """,
            reader => new Session(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)), cancellationToken, own);
        foreach (var other in open)
        {
            if (!await session.TryTakeAsync(other.Id, cancellationToken))
                continue;

            // one that was only away sees that it was taken for ended, and waits for its place meanwhile
            await session.ExecuteAsync(
                "UPDATE sessions SET ended_at = @p1 WHERE id = @p0 AND ended_at IS NULL", cancellationToken, other.Id, StoredTime.Of(now));
            await EndBranchesAsync(other, cancellationToken);
            await session.GiveBackAsync(other.Id, cancellationToken);
        }
    }

    private async Task EndBranchesAsync(Session dead, CancellationToken cancellationToken)
    {
        var error = BranchError.From(
            new ProcessEndedException($"Process {dead.Pid} on {dead.Host} ended before the branch did; how the branch ended is not known."), secrets: []);
        while (true)
        {
            var ids = await session.QueryAsync(
                $"SELECT id FROM branches WHERE status = 0 AND status <> 1 AND session = @p0 ORDER BY id LIMIT {BranchesAtOnce}",
                reader => session.ReadId(reader, 0), cancellationToken, dead.Id);
            if (ids.Count == 0)
                return;

            var pending = await new RecordReader(session).ReadAsync(ids, cancellationToken);
            await writer.EndAsync([.. pending.Select(branch => Stored(branch).Finished(0, BranchStatus.Cancelled, TimeSpan.Zero, error))], cancellationToken);
        }
    }

    private static StoredBranch Stored(BranchRecord branch) => new()
    {
        RunId = branch.RunId,
        BranchId = branch.BranchId,
        Experiment = branch.Experiment,
        Strategy = branch.Strategy,
        Config = Config.FromJson(branch.ConfigValues.GetRawText(), branch.ConfigId),
        Role = branch.Role,
        StartedAt = branch.StartedAt,
        SettingsVersion = branch.SettingsVersion,
        TraceId = branch.TraceId,
        Parent = branch.ParentRunId is { } run && branch.ParentBranchId is { } parent ? (run, parent) : null,
        Context = branch.Context,
        Input = branch.Input,
    };

    private sealed record Session(int Id, string Host, int Pid);
}
