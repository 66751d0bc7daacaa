using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Statistics;

public sealed class ConfigStatisticsTests
{
    [Fact]
    public void Branches_count_by_how_they_ended_and_errors_are_failures_and_timeouts()
    {
        var config = Only(
        [
            .. Enumerable.Range(0, 6).Select(_ => Given.Finished()),
            .. Enumerable.Range(0, 3).Select(_ => Given.Finished(status: BranchStatus.Failed)),
            Given.Finished(status: BranchStatus.TimedOut),
            Given.Finished(status: BranchStatus.Cancelled),
            Given.Finished(status: BranchStatus.Cancelled),
            new BranchFinished(Some.Branch(role: BranchRole.Shadow).Skip(SkipReasons.Paused)),
        ]);

        Assert.Equal((10, 6, 3, 1, 2, 1), (config.Count, config.Success, config.Failed, config.TimedOut, config.Cancelled, config.Skipped));
        Assert.Equal(new Proportion(4, 10), config.ErrorRate);
    }

    [Fact]
    public void Latency_is_that_of_the_branches_that_ended_by_themselves_or_by_their_deadline()
    {
        var config = Only(
        [
            .. Enumerable.Range(1, 98).Select(number => Given.Finished(milliseconds: number)),
            Given.Finished(milliseconds: 99, status: BranchStatus.Failed),
            Given.Finished(milliseconds: 100, status: BranchStatus.TimedOut),
            Given.Finished(milliseconds: 5000, status: BranchStatus.Cancelled),
        ]);

        Assert.InRange(config.Latency.P50.TotalMilliseconds, 49.5, 50.5);
        Assert.InRange(config.Latency.P95.TotalMilliseconds, 94.05, 95.95);
        Assert.InRange(config.Latency.P99.TotalMilliseconds, 98.01, 99.99);
        Assert.Equal((50.5, 100), (config.Latency.Mean.TotalMilliseconds, config.Latency.Max.TotalMilliseconds));
    }

    [Fact]
    public void A_noise_branch_does_not_count_for_its_config() =>
        Assert.Equal(1, Only([Given.Finished(), Given.Finished(role: BranchRole.Noise)]).Count);

    [Fact]
    public void A_start_and_a_late_end_change_nothing()
    {
        var branch = Some.Branch();

        Assert.Equal(1, Only([new BranchStarted(branch), Given.Finished(), Some.Late(branch)]).Count);
    }

    [Fact]
    public void Reported_metrics_have_a_mean_and_a_standard_error()
    {
        var config = Only([.. ((double[])[2, 4, 4, 4, 5, 5, 7, 9]).Select(value =>
            Given.Finished(metrics: new Dictionary<string, double> { ["tokens"] = value, ["cost"] = 1 }))]);

        Assert.Equal(new MetricStatistics(8, 5, Math.Sqrt(32 / 7.0 / 8), 2, 9), config.Metrics["tokens"] with { StandardError = Math.Sqrt(32 / 7.0 / 8) });
        Assert.Equal(Math.Sqrt(32 / 7.0 / 8), config.Metrics["tokens"].StandardError, 1e-15);
        Assert.Equal(new MetricStatistics(8, 1, 0, 1, 1), config.Metrics["cost"]);
    }

    [Fact]
    public void Metrics_beyond_64_names_are_left_out_and_counted()
    {
        var config = Only([.. Enumerable.Range(0, 70).Select(number =>
            Given.Finished(metrics: new Dictionary<string, double> { [$"name {number}"] = number, ["name 0"] = 1 }))]);

        Assert.Equal((64, 6, 70), (config.Metrics.Count, config.MetricsLeftOut, config.Metrics["name 0"].Count));
    }

    [Fact]
    public void Configs_beyond_1024_count_together()
    {
        var statistics = Given.Statistics(Enumerable.Range(0, 1030).Select(number => Given.Finished($"c{number}")).Append(Given.Finished("c0")));

        Assert.Equal(1025, statistics.Configs.Count);
        Assert.Equal((2, 6), (statistics.ByConfigId("c0")!.Count, statistics.ByConfigId("(other)")!.Count));
        Assert.Null(statistics.ByConfigId("c1029"));
    }

    [Fact]
    public void Experiments_beyond_1024_count_together()
    {
        var figures = new EventFigures();
        for (var number = 0; number < 1030; number++)
            figures.Add(Given.Finished(Some.Config("a"), $"e{number}"));

        var all = figures.Read(NoiseRule.Default);

        Assert.Equal(1025, all.Count);
        Assert.Equal(("(other)", 6), (all[^1].Experiment, all[^1].Configs[0].Count));
    }

    [Fact]
    public void How_many_more_runs_it_takes_to_see_a_higher_error_rate()
    {
        var config = Only([.. Enumerable.Range(0, 100).Select(number =>
            Given.Finished(status: number < 10 ? BranchStatus.Failed : BranchStatus.Success))]);

        Assert.Equal(RequiredRuns.ForShares(0.1, 0.05, 0.8) - 100, config.RunsNeededForErrorRate(0.05));
        Assert.Equal(0, config.RunsNeededForErrorRate(0.5));
        Assert.Null(Only([Given.Finished(status: BranchStatus.Cancelled)]).RunsNeededForErrorRate(0.5));
    }

    private static ConfigStatistics Only(IEnumerable<ExperimentEvent> events) => Assert.Single(Given.Statistics(events).Configs);
}
