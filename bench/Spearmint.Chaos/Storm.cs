using Akka.Actor;
using Akka.Actor.Setup;
using Spearmint.Chaos.Sinks;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Sinks;

namespace Spearmint.Chaos;

/// <summary>One run of the program: everything at once for a time, then an orderly end, and what is left of it.</summary>
internal sealed class Storm(ChaosOptions options)
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private readonly Findings _findings = new();
    private readonly Function _function = new();
    private readonly Random _kills = options.RandomFor(-1);
    private ActorSystem _system = null!;
    private SpearmintClient _client = null!;
    private IReadOnlyList<Subject> _subjects = [];
    private int _killed;

    public async Task<Report> RageAsync()
    {
        _system = ActorSystem.Create("chaos", ActorSystemSetup.Create(
            new SpearmintSetup { Settings = SpearmintSettings.Default with { MaxConcurrentShadows = Subjects.MostShadows } }));
        _system.ActorOf(LogWatch.Props(_findings), "log-watch");
        _client = SpearmintClient.For(_system);
        var tally = new TallySink(_findings);
        var unreliable = new Dictionary<string, UnreliableSink>
        {
            ["throwing"] = UnreliableSink.Throwing(options.RandomFor(-2)),
            ["stalling"] = UnreliableSink.Stalling(options.RandomFor(-3)),
            [SinkCheck.Hanging] = UnreliableSink.Hanging(after: 100),
        };
        await _client.RegisterSinkAsync("tally", tally);
        await _client.RegisterSinkAsync("memory", new InMemorySink(1000));
        foreach (var (name, sink) in unreliable)
            await _client.RegisterSinkAsync(name, sink);
        _subjects = await Subjects.CreateAsync(_client, _function);

        var runSinks = new RunSinks(_findings);
        var accounts = new AccountCheck(_client, _subjects, _findings);
        var meddler = new Meddler(_client, _subjects, options.RandomFor(-4), _findings);
        var middle = await BlowAsync(accounts, meddler, runSinks);

        var drained = await _client.Root.Ask<Drained>(new Drain(EndTime), 2 * EndTime + EndTime);
        _findings.Expect(drained.CutShort == 0, "branches outlived their deadlines", () => $"{drained.CutShort}");
        await CheckRefusalsAsync();
        await WaitForAbandonedAsync(_function.NeverEnding, accounts);
        _function.EndAll();
        var account = await WaitForAbandonedAsync(0, accounts);
        var unfinished = await _client.FlushAsync(EndTime);
        var sinks = await _client.GetSinkStatusAsync();
        accounts.CheckEnd(account, tally);
        new SinkCheck(unreliable, tally, runSinks, _findings).Check(sinks, unfinished, await CountAsync("/user/spearmint/log/*"));
        var end = MemoryCheck.Take(sinks.Sum(sink => sink.Queued));
        end.CheckAfter(middle, _findings);
        await _system.Terminate();
        return new Report(options, _subjects, account, sinks, middle, end, _killed, meddler.Changes, accounts.Looks, _function.NeverEnding, _findings.All);
    }

    // everything at once; gives the memory in use in the middle of it
    private async Task<MemoryCheck> BlowAsync(AccountCheck accounts, Meddler meddler, RunSinks runSinks)
    {
        using var over = new CancellationTokenSource(options.Time);
        var answers = new AnswerCheck(_findings);
        var failures = new FailureCheck(answers, _findings);
        var all = Enumerable.Range(0, options.Callers).Select(number =>
        {
            var random = options.RandomFor(number);
            var calls = new CallMaker(random, new JobMaker(random, number), _subjects, runSinks);
            var caller = new Caller(_client, _function, calls, answers, failures, _findings, random);
            return Task.Run(() => caller.CallAsync(over.Token));
        }).ToList();
        all.Add(Task.Run(() => accounts.WatchAsync(over.Token)));
        all.Add(Task.Run(() => meddler.MeddleAsync(over.Token)));
        all.Add(Task.Run(() => ReapAsync(over.Token)));

        await Task.Delay(options.Time / 2);
        var middle = MemoryCheck.Take((await _client.GetSinkStatusAsync()).Sum(sink => sink.Queued));
        await Task.WhenAll(all);
        return middle;
    }

    private async Task ReapAsync(CancellationToken stopping)
    {
        var reaper = _system.ActorOf(Reaper.Props(_kills, () => Interlocked.Increment(ref _killed)), "reaper");
        while (!stopping.IsCancellationRequested)
        {
            reaper.Tell(new Reaper.Reap());
            await Task.Delay(200, CancellationToken.None);
        }
    }

    // after the drain nothing is run any more, and everybody is told so
    private async Task CheckRefusalsAsync()
    {
        foreach (var subject in _subjects.Where(subject => subject.Experiment is not null))
        {
            subject.Make();
            try
            {
                await subject.Experiment!.RunDetailedAsync(new JobMaker(new Random(0), -1).Make());
                _findings.Add("a run was answered after the drain", subject.Name);
            }
            catch (ShuttingDownException)
            {
                subject.End();
            }
        }
    }

    // functions that were left behind come back in their own time
    private async Task<Account> WaitForAbandonedAsync(int expected, AccountCheck accounts)
    {
        for (var attempt = 0; ; attempt++)
        {
            var account = await accounts.LookAsync();
            var abandoned = account.Strategies.Sum(strategy => strategy.Branches.Abandoned);
            if (abandoned == expected)
                return account;
            if (attempt == 50)
            {
                _findings.Add("abandoned functions", $"the account says {abandoned}, and {expected} go on");
                return account;
            }

            await Task.Delay(100);
        }
    }

    private async Task<int> CountAsync(string path)
    {
        var census = _system.ActorOf(Census.Props(path));
        await Task.Delay(500);
        return await census.Ask<int>(new Census.HowMany());
    }
}
