using Akka.Actor;
using FsCheck;
using FsCheck.Fluent;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class AccountTests : SpearmintKit
{
    [Fact]
    public async Task Whoever_has_an_answer_finds_its_run_in_the_account()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", (input, _) => Task.FromResult(input), Some.Configs("a"), Strategy.RoundRobin);

        for (var run = 1; run <= 500; run++)
        {
            await experiment.RunAsync("", default);
            var account = await experiment.GetAccountAsync();
            Assert.Equal((run, run, 0), (account.Offered, account.Answered, account.InFlight));
            Assert.Equal(run, account.Branches.Success);
        }
    }

    [Fact]
    public async Task A_run_that_cannot_be_run_is_offered_and_rejected()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => AskAsync("shadow", Some.ConfigId, []));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AskAsync("shadow", Some.ConfigId, Some.Configs("a"), cancellationToken: new CancellationToken(canceled: true)));

        var account = (await Client.GetAccountAsync())["shadow"];
        Assert.Equal((2, 0, 0), (account.Offered, account.Answered, account.InFlight));
        Assert.Equal((1, 1), (account.RejectedBy[RejectReasons.Invalid], account.RejectedBy[RejectReasons.Cancelled]));
        Assert.Empty(account.Configs);
    }

    [Fact]
    public async Task Each_config_has_an_account_of_its_own_and_unheard_of_ones_share_one_beyond_a_limit()
    {
        for (var run = 0; run < 1100; run++)
            await AskAsync("round_robin", Some.ConfigId, Some.Configs($"c{run}"));

        var account = (await Client.GetAccountAsync())["round_robin"];
        Assert.Equal(1, account.ByConfigId("c7")!.Branches.Success);
        Assert.Equal(1025, account.Configs.Count);
        Assert.Equal(76, account.ByConfigId("(other)")!.Branches.Success);
        Assert.Equal(1100, account.Branches.Started);
    }

    [Fact]
    public void The_balance_holds_at_every_moment_under_faults_limits_changes_and_shutdown_and_the_log_tells_the_same_numbers() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            using var system = ActorSystem.Create("account");
            Storm.RunAsync(system, new System.Random(seed)).WaitAsync(2 * Gate.Patience).GetAwaiter().GetResult();
            system.Terminate().WaitAsync(Gate.Patience).GetAwaiter().GetResult();
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(12));

    /// <summary>Random runs under random changes, with a look at the account all the time and a drain in mid-flight.</summary>
    private static class Storm
    {
        private static readonly Strategy[] Strategies =
        [
            Strategy.RoundRobin, Strategy.Shadow(), Strategy.MultiBranch, Strategy.FirstSuccess, Strategy.Hedge(TimeSpan.FromMilliseconds(2)), Strategy.Sticky,
        ];

        private static readonly ComparisonRules Rules = ComparisonRules.For<int, int>().CompareWith((left, right) => (left % 11) switch
        {
            0 => throw new IOException(),
            1 => !new ManualResetEventSlim().Wait(left % 20),
            2 => false,
            _ => left == right,
        });

        public static async Task RunAsync(ActorSystem system, System.Random random)
        {
            var client = SpearmintClient.For(system);
            var sink = new CollectingSink();
            await client.RegisterSinkAsync("collecting", sink);
            var experiments = Strategies.Select((strategy, index) => client.CreateExperiment<int, int>(
                $"experiment-{index}", ActAsync, Some.Configs("a", "b", "c"), strategy, new ExperimentOptions { Settings = RandomSettings(random), Compare = Rules })).ToList();
            await Task.WhenAll(experiments.Select(experiment => experiment.GetSettingsAsync()));

            var runs = new List<Task>();
            for (var step = 0; step < 300; step++)
            {
                var experiment = experiments[random.Next(experiments.Count)];
                runs.Add(CallAsync(experiment, random.Next(), random.Next(4) == 0 ? random.Next(1, 10) : null, random.Next(10) == 0 ? "b" : null));
                if (step % 10 == 0)
                    await experiment.ChangeSettingsAsync(_ => RandomSettings(random) with { Configs = experiment.Configs });
                if (step % 25 == 0)
                    Kill(system, random);
                if (step % 5 == 0)
                    CheckBalance(await client.GetAccountAsync());
            }

            await client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(random.Next(1, 100))), Gate.Patience);
            await Task.WhenAll(runs);
            var account = await client.GetAccountAsync();
            CheckBalance(account);
            Assert.All(account.Strategies, strategy => Assert.Equal((0, 0, 0), (strategy.InFlight, strategy.Branches.InFlight + strategy.Comparisons.InFlight, strategy.QueuedShadows)));

            // the functions that go on end too, and leave their events
            while (account.Strategies.Sum(strategy => strategy.Branches.Abandoned) > 0)
                account = await client.GetAccountAsync();
            Assert.Empty(await client.FlushAsync(Gate.Patience));
            CheckEvents(account, sink.Events, runs.Count);
        }

        private static StrategySettings RandomSettings(System.Random random) => new()
        {
            Deadline = TimeSpan.FromMilliseconds(random.Next(1, 60)),
            MaxConcurrentShadows = random.Next(4),
            ShadowQueueLimit = random.Next(4),
            MaxConcurrentRuns = random.Next(3) == 0 ? random.Next(1, 20) : null,
            ShadowSampleRate = random.Next(3) == 0 ? 0.5 : 1,
            ShadowsPaused = random.Next(5) == 0,
            NoiseRate = random.Next(3) == 0 ? 0.5 : 0,
            ShadowOrder = (ShadowOrder)random.Next(2),
            Participation = new Participation { Share = random.Next(3) == 0 ? random.NextDouble() : 1 },
            Quarantine = new QuarantineSettings { FailureLimit = random.Next(1, 6), Pause = TimeSpan.FromMilliseconds(random.Next(1, 20)) },
        };

        private static async Task CallAsync(Experiment<int, int> experiment, int input, int? cancelAfter, string? forced)
        {
            using var caller = new CancellationTokenSource();
            if (cancelAfter is { } milliseconds)
                caller.CancelAfter(milliseconds);
            try
            {
                await experiment.RunDetailedAsync(input, new RunOptions { ForcedConfigId = forced, Key = $"{input}" }, caller.Token);
            }
            catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException or OverloadedException or ShuttingDownException
                or BranchWorkerDiedException)
            {
                // every one of them is an answer
            }
        }

        private static async Task<int> ActAsync(int input, BranchContext context)
        {
            switch ((input ^ context.Config.Id[0]) % 7)
            {
                case 0: throw new IOException();
                case 1: await Task.Delay(5, context.CancellationToken); break;
                case 2: await Task.Delay(input % 80); break;
                case 3: await Task.Yield(); throw new IOException();
                case 4: new ManualResetEventSlim().Wait(input % 30); break;
                case 5: context.Report("input", input); break;
            }

            return input;
        }

        private static void Kill(ActorSystem system, System.Random random) =>
            system.ActorSelection($"/user/spearmint/strategy-experiment-{random.Next(Strategies.Length)}/*").Tell(PoisonPill.Instance);

        private static void CheckBalance(Account account) => Assert.All(account.Strategies, strategy =>
        {
            Assert.Equal(strategy.Offered, strategy.Answered + strategy.Rejected + strategy.InFlight);
            Assert.InRange(strategy.NotTakingPart + strategy.Forced, 0, strategy.Answered + strategy.InFlight);
            foreach (var config in strategy.Configs)
            {
                var (branches, shadows) = (config.Branches, config.Shadows);
                var comparisons = config.Comparisons;
                Assert.Equal(
                    comparisons.Eligible,
                    comparisons.Match + comparisons.Mismatch + comparisons.Ignored + comparisons.Error + comparisons.NotCompared + comparisons.InFlight);
                Assert.Equal(shadows.Eligible, shadows.NotSampled + shadows.Skipped + shadows.Started);
                Assert.Equal(branches.Started, branches.Success + branches.Failed + branches.TimedOut + branches.Cancelled + branches.InFlight);
                Assert.All((long[])[branches.InFlight, branches.Abandoned, branches.Late, config.Comparisons.InFlight], count => Assert.True(count >= 0));
            }
        });

        private static void CheckEvents(Account account, IReadOnlyList<ExperimentEvent> events, int runs)
        {
            Assert.Equal(runs, account.Strategies.Sum(strategy => strategy.Offered));
            Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
            foreach (var strategy in account.Strategies.Where(strategy => strategy.Offered > 0))
            {
                var own = events.OfType<BranchEvent>().Where(happened => happened.Experiment == strategy.Name).ToList();
                var finished = own.OfType<BranchFinished>().ToLookup(branch => branch.Status);
                var branches = strategy.Branches;
                var compared = own.OfType<BranchCompared>().ToLookup(branch => branch.Comparison.Verdict);
                Assert.Equal(
                    [strategy.Comparisons.Match, strategy.Comparisons.Mismatch, strategy.Comparisons.Ignored, strategy.Comparisons.Error],
                    Enum.GetValues<ComparisonVerdict>().Select(verdict => (long)compared[verdict].Count()));
                Assert.Equal(branches.Started, own.OfType<BranchStarted>().Count());
                Assert.Equal(
                    (branches.Success, branches.Failed, branches.TimedOut, branches.Cancelled, strategy.Shadows.Skipped, branches.Late),
                    (finished[BranchStatus.Success].Count(), finished[BranchStatus.Failed].Count(), finished[BranchStatus.TimedOut].Count(),
                        finished[BranchStatus.Cancelled].Count(), finished[BranchStatus.Skipped].Count(), own.OfType<BranchLate>().Count()));
                if (strategy.Shadows.Eligible > 0)
                    Assert.Equal(strategy.Shadows.Started, strategy.Comparisons.Eligible);
                Assert.All(own.GroupBy(happened => happened.BranchId), CheckOrder);
            }
        }

        private static void CheckOrder(IEnumerable<BranchEvent> branch) =>
            Assert.Contains(string.Join(' ', branch.Select(happened => happened.GetType().Name)), (string[])
            [
                "BranchStarted BranchFinished", "BranchStarted BranchFinished BranchLate", "BranchStarted BranchFinished BranchCompared", "BranchFinished",
            ]);
    }
}
