using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>Changes settings while everything runs, and sees that each change is in force when it is answered.</summary>
internal sealed class Meddler(SpearmintClient client, IReadOnlyList<Subject> subjects, Random random, Findings findings)
{
    public long Changes { get; private set; }

    public async Task MeddleAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(random.Next(5, 50), CancellationToken.None);
            var subject = subjects[random.Next(subjects.Count)];
            await (random.Next(10) switch
            {
                0 => ChangeAllAsync(),
                1 => ChangeWronglyAsync(subject),
                2 => SwitchConfigsAsync(subject),
                _ when subject.FixedLimits is null => ChangeAsync(subject),
                _ => SwitchConfigsAsync(subject),
            });
            Changes++;
        }

        await client.ChangeSettingsAsync(settings => settings with { ShadowsPaused = false });
    }

    private async Task ChangeAllAsync()
    {
        var changed = await client.ChangeSettingsAsync(settings => random.Next(3) switch
        {
            0 => settings with { ShadowsPaused = !settings.ShadowsPaused },
            1 => settings with { MaxConcurrentShadows = random.Next(8, Subjects.MostShadows + 1) },
            _ => settings with { MaxAbandonedWorkers = random.Next(64, 257) },
        });
        findings.Expect(await client.GetSettingsAsync() == changed, "common settings are not as they were changed", () => $"{changed}");
    }

    private async Task ChangeWronglyAsync(Subject subject)
    {
        var before = await client.GetSettingsAsync(subject.Name);
        var mistake = new InvalidDataException("not like this");
        try
        {
            await client.ChangeSettingsAsync(subject.Name, _ => throw mistake);
            findings.Add("a change that throws was made", subject.Name);
        }
        catch (InvalidDataException e)
        {
            var after = await client.GetSettingsAsync(subject.Name);
            findings.Expect(ReferenceEquals(e, mistake) && after == before, "a change that throws changed something", () => $"{before} to {after}");
        }
    }

    private Task ChangeAsync(Subject subject) => random.Next(8) switch
    {
        0 => ChangeAsync(subject, settings => settings with { Deadline = ShortTime() }),
        1 => ChangeAsync(subject, settings => settings with { ShadowDeadline = ShortTime() }),
        2 => ChangeAsync(subject, settings => settings with { MaxConcurrentShadows = random.Next(1, 33) }),
        3 => ChangeAsync(subject, settings => settings with { ShadowQueueLimit = random.Next(0, 65) }),
        4 => ChangeAsync(subject, settings => settings with { MaxConcurrentRuns = random.Next(3) == 0 ? null : random.Next(4, 33) }),
        5 => ChangeAsync(subject, settings => settings with { ShadowSampleRate = random.Next(3) * 0.5 }),
        6 => ChangeAsync(subject, settings => settings with { ShadowsPaused = !settings.ShadowsPaused }),
        _ => ChangeAsync(subject, settings => settings with { Quarantine = settings.Quarantine with { IsOn = !settings.Quarantine.IsOn, FailureLimit = 20 } }),
    };

    private Task SwitchConfigsAsync(Subject subject) =>
        ChangeAsync(subject, settings => settings with { Configs = Variants.Sets[random.Next(Variants.Sets.Length)] });

    private async Task ChangeAsync(Subject subject, Func<StrategySettings, StrategySettings> change)
    {
        var before = await client.GetSettingsAsync(subject.Name);
        var changed = await client.ChangeSettingsAsync(subject.Name, change);
        var after = await client.GetSettingsAsync(subject.Name);
        findings.Expect(changed == after && changed.Version == before.Version + 1, "settings are not as they were changed", () => $"{before} to {changed} to {after}");
    }

    private TimeSpan ShortTime() => TimeSpan.FromMilliseconds(random.Next(50, (int)Subjects.LongestDeadline.TotalMilliseconds + 1));
}
