using Spearmint.Client;

namespace Spearmint.Chaos;

/// <summary>Decides what one caller asks for, by the seed.</summary>
internal sealed class CallMaker(Random random, JobMaker jobs, IReadOnlyList<Subject> subjects, RunSinks sinks)
{
    public Call Make()
    {
        var subject = subjects[random.Next(subjects.Count)];
        var way = ChooseWay(subject);
        return new Call(subject, way, jobs.Make(), Options(way), ChooseCancellation());
    }

    private Way ChooseWay(Subject subject)
    {
        if (subject.Experiment is null)
            return random.Next(2) == 0 ? Way.Message : Way.Ask;

        return random.Next(200) switch
        {
            0 => Way.WrongShape,
            1 => Way.NoConfigs,
            < 60 => Way.Detailed,
            < 120 when subject.AnswersWithAll => Way.Stream,
            < 160 when subject.AnswersWithAll => Way.StreamLeftEarly,
            _ => subject.AnswersWithAll ? Way.Container : Way.Output,
        };
    }

    private RunOptions Options(Way way)
    {
        var id = random.Next(10) == 0 ? Guid.CreateVersion7() : (Guid?)null;
        return new RunOptions
        {
            RunId = id,
            Deadline = random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(20, 300)) : null,
            ShadowDeadline = random.Next(20) == 0 ? TimeSpan.FromMilliseconds(random.Next(20, 300)) : null,
            Configs = way == Way.NoConfigs ? [] : random.Next(20) == 0 ? Variants.Sets[random.Next(Variants.Sets.Length)] : null,
            Sink = id is { } run && random.Next(4) == 0 ? sinks.For(run) : null,
        };
    }

    private TimeSpan? ChooseCancellation() => random.Next(12) switch
    {
        0 => TimeSpan.FromMilliseconds(random.Next(1, 100)),
        1 when random.Next(10) == 0 => TimeSpan.Zero,
        _ => null,
    };
}
