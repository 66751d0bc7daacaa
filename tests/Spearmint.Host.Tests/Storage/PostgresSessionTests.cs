using Spearmint.Domain;
using Spearmint.Host.Storage.Postgres;

namespace Spearmint.Host.Storage;

/// <summary>Which processes are taken for ended.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresSessionTests(PostgresServer server)
{
    private readonly string _place = server.ConnectionString($"test_{Guid.NewGuid():N}");
    private readonly StoredBranch _branch = RandomLog.Branch(1, RandomLog.Begin);

    [StoreFact]
    public async Task Branches_of_a_process_that_lives_are_left_alone()
    {
        await using var first = await StartAsync();
        await first.Sink.WriteAsync([_branch.Started(1)], CancellationToken.None);

        // as a process would look whose number says nothing here
        await first.WriteAsync(session => session.ExecuteAsync("UPDATE sessions SET pid = 1073741824", CancellationToken.None), CancellationToken.None);
        await using var second = await StartAsync();

        Assert.Equal(BranchStatus.Pending, (await second.GetBranchAsync(_branch.BranchId, default))?.Status);
    }

    [StoreFact]
    public async Task Branches_of_an_ended_process_of_another_machine_are_cancelled_and_the_first_end_holds()
    {
        await using var first = await StartAsync();
        await first.Sink.WriteAsync([_branch.Started(1)], CancellationToken.None);
        await first.WriteAsync(session => session.ExecuteAsync("UPDATE sessions SET host = 'elsewhere'", CancellationToken.None), CancellationToken.None);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => first.WriteAsync<int>(_ => throw new IOException("gone"), CancellationToken.None));
        await using var second = await StartAsync();
        Assert.Equal(BranchStatus.Cancelled, (await second.GetBranchAsync(_branch.BranchId, default))?.Status);

        // it was only away
        await first.Sink.WriteAsync([_branch.Finished(2, BranchStatus.Success, TimeSpan.Zero), RandomLog.Branch(2, RandomLog.Begin).Started(3)], CancellationToken.None);

        Assert.Equal(BranchStatus.Cancelled, (await second.GetBranchAsync(_branch.BranchId, default))?.Status);
        var figures = (await second.GetConfigBucketsAsync(new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), default)).Single();
        Assert.Equal((1, 0, 2), (figures.Cancelled, figures.Success, (await second.GetStatusAsync(default)).Branches));
    }

    private async Task<PostgresStore> StartAsync()
    {
        var store = new PostgresStore(_place, TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        return store;
    }
}
