using System.Security.Cryptography;
using Spearmint.Domain;

namespace Spearmint.Host.Storage;

/// <summary>Events that are odd, and reading in the middle of writing.</summary>
public abstract partial class DatabaseStoreTests
{
    [StoreFact]
    public async Task An_event_that_cannot_be_written_is_left_out_alone_and_counted()
    {
        using var log = new LogSignal();
        Database.Logger = log;

        await Store.Sink.WriteAsync([.. Events(1, 20, odd: 7)], CancellationToken.None);
        await Store.Sink.WriteAsync([.. Events(21, 5)], CancellationToken.None);

        var status = await Store.GetStatusAsync(CancellationToken.None);
        Assert.Equal((1, 25), (status.LostEvents, status.Branches));
        Assert.Equal(24, (await Store.GetConfigBucketsAsync(All, default)).Single().Success);
        Assert.Single(await Store.AllBranchesAsync(new BranchFilter { Status = BranchStatus.Pending }, 10));
        var said = await log.Said.Task;
        Assert.Contains("1 of 40 events", said, StringComparison.Ordinal);
        Assert.Contains(RandomLog.Branch(7, RandomLog.Begin).BranchId.ToString(), said, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Numbers_that_lie_as_far_apart_as_numbers_can_are_counted()
    {
        double[] numbers = [3, double.MaxValue, -double.MaxValue];
        foreach (var (number, index) in numbers.Select((number, index) => (number, index)))
        {
            var branch = RandomLog.Branch(index, RandomLog.Begin);
            var metrics = new Dictionary<string, double> { ["far"] = number };
            await Store.Sink.WriteAsync([branch.Finished(index + 1, BranchStatus.Success, TimeSpan.Zero, metrics: metrics)], CancellationToken.None);
        }

        var far = (await Store.GetConfigBucketsAsync(All, default)).Single().Metrics["far"];
        Assert.Equal((3, -double.MaxValue, double.MaxValue), (far.Count, far.Min, far.Max));
        Assert.True(double.IsFinite(far.Mean) && double.IsFinite(far.StandardDeviation));
        Assert.Equal(0, (await Store.GetStatusAsync(default)).LostEvents);
    }

    [StoreFact]
    public async Task A_read_of_several_tables_sees_one_moment()
    {
        await Store.Sink.WriteAsync([.. Events(1, 1)], CancellationToken.None);
        await using var session = await Database.OpenReaderAsync(CancellationToken.None);

        var seen = await session.ReadAsync(
            async () =>
            {
                var before = await session.NumberAsync("SELECT count(*) FROM names", default);
                await Store.Sink.WriteAsync([RandomLog.Branch(9, RandomLog.Begin, experiment: "another").Started(9)], CancellationToken.None);
                return (before, await session.NumberAsync("SELECT count(*) FROM branches", default));
            },
            CancellationToken.None);

        Assert.Equal((2, 1), seen);
        Assert.Equal(2, (await Store.GetStatusAsync(default)).Branches);
    }

    [StoreFact]
    public async Task A_reader_of_figures_is_answered_while_configs_and_errors_come_that_nobody_has_seen()
    {
        var writing = Task.Run(async () =>
        {
            for (var number = 0; number < 300; number++)
            {
                var branch = RandomLog.Branch(number, RandomLog.Begin, config: $"config {number}");
                var error = new BranchError($"Type{number}", "It broke.", null, null);
                await Store.Sink.WriteAsync([branch.Finished(number + 1, BranchStatus.Failed, TimeSpan.Zero, error)], CancellationToken.None);
            }
        });
        var most = 0L;
        while (!writing.IsCompleted)
        {
            var failures = (await Store.GetFailuresAsync(All, default)).Sum(group => group.Count);
            var counted = (await Store.GetConfigBucketsAsync(All, default)).Sum(bucket => bucket.Failed);
            Assert.InRange(failures, most, counted);
            most = counted;
        }

        await writing;
        Assert.Equal(300, (await Store.GetFailuresAsync(All, default)).Count);
    }

    [StoreFact]
    public async Task Names_may_be_long_and_may_differ_in_what_no_database_keeps()
    {
        // of letters that cannot be packed, since PostgreSQL packs before it measures
        var tooLong = Convert.ToHexString(RandomNumberGenerator.GetBytes(6000));
        string[] names = [tooLong, tooLong + "x", "a\0", "a\uFFFD"];
        var number = 0;
        var events = names.Select(name => (ExperimentEvent)RandomLog.Branch(++number, RandomLog.Begin, experiment: name, config: name)
            .Finished(number, BranchStatus.Failed, TimeSpan.Zero, new BranchError(name, "It broke.", null, null), metrics: new Dictionary<string, double> { [name] = number })).ToList();

        await Store.Sink.WriteAsync(events, CancellationToken.None);

        Assert.Equal(0, (await Store.GetStatusAsync(default)).LostEvents);
        Assert.Equal(3, (await Store.GetFailuresAsync(All, default)).Count);
        foreach (var (name, branches) in names.Zip([1, 1, 2, 2]))
        {
            Assert.Equal(branches, (await Store.AllBranchesAsync(new BranchFilter { Experiment = name, ConfigId = name, ErrorType = name }, 10)).Count);
            Assert.Equal(branches, (await Store.AllBranchesAsync(new BranchFilter { Metrics = [new MetricRange(name, 0, null)] }, 10)).Count);
            Assert.Single(await Store.GetConfigsAsync(name, default));
            Assert.Equal(branches, (await Store.GetConfigBucketsAsync(All with { Experiment = name, ConfigId = name }, default)).Single().Failed);
        }
    }

    [StoreFact]
    public async Task A_name_that_is_known_uses_up_no_number()
    {
        for (var time = 0; time < 4; time++)
        {
            await Store.Sink.WriteAsync([.. Events(1 + (10 * time), 10, config: $"config {time / 3}")], CancellationToken.None);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Database.WriteAsync<int>(_ => throw new IOException("gone"), CancellationToken.None));
        }

        foreach (var table in new[] { "names", "configs" })
        {
            var unused = await Database.WriteAsync(session => session.NumberAsync($"SELECT max(id) - count(*) FROM {table}", CancellationToken.None), CancellationToken.None);
            Assert.Equal(0, unused);
        }
    }

    private static IEnumerable<ExperimentEvent> Events(int first, int count, int? odd = null, string config = "current")
    {
        for (var number = first; number < first + count; number++)
        {
            var branch = RandomLog.Branch(number, RandomLog.Begin, config: config);
            yield return branch.Started((2 * number) - 1);
            yield return branch.Finished(
                2 * number, BranchStatus.Success, TimeSpan.Zero, metrics: number == odd ? new Dictionary<string, double> { ["odd"] = double.NaN } : null);
        }
    }
}
