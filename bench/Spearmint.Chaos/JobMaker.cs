namespace Spearmint.Chaos;

/// <summary>Decides what the function does, by the seed. One for each caller.</summary>
internal sealed class JobMaker(Random random, int caller)
{
    private static readonly (int Weight, Behaviour Behaviour, int Least, int Most)[] Shares =
    [
        (300, Behaviour.Returns, 0, 0),
        (40, Behaviour.ReturnsNull, 0, 0),
        (10, Behaviour.ReturnsMuch, 0, 0),
        (200, Behaviour.Yields, 0, 0),
        (200, Behaviour.Delays, 1, 10),
        (50, Behaviour.Reports, 0, 0),
        (60, Behaviour.Throws, 0, 0),
        (40, Behaviour.ThrowsLater, 0, 0),
        (15, Behaviour.ThrowsCancellation, 0, 0),
        (20, Behaviour.HangsUntilCancelled, 0, 0),
        (20, Behaviour.Lingers, 50, 600),
        (16, Behaviour.Blocks, 20, 300),
        (1, Behaviour.NeverEnds, 0, 0),
    ];

    private static readonly int Sum = Shares.Sum(share => share.Weight);

    private int _made;
    private bool _mayNeverEnd = true;

    public Job Make()
    {
        var acts = new Act[Variants.Count];
        for (var place = 0; place < acts.Length; place++)
            acts[place] = Choose();
        return new Job(((long)caller << 32) | (uint)++_made, acts);
    }

    private Act Choose()
    {
        var left = random.Next(Sum);
        foreach (var (weight, behaviour, least, most) in Shares)
        {
            if ((left -= weight) >= 0)
                continue;
            if (behaviour == Behaviour.NeverEnds && !MayNeverEnd())
                break;
            return new Act(behaviour, random.Next(least, most + 1));
        }

        return new Act(Behaviour.Returns, 0);
    }

    // each holds a worker to the end: one per caller is enough, or the limits would soon let nothing through
    private bool MayNeverEnd()
    {
        var may = _mayNeverEnd;
        _mayNeverEnd = false;
        return may;
    }
}
