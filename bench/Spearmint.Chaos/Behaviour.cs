namespace Spearmint.Chaos;

/// <summary>What a function does.</summary>
internal enum Behaviour
{
    Returns,
    ReturnsNull,
    ReturnsMuch,
    Yields,
    Delays,
    Reports,
    Throws,
    ThrowsLater,

    /// <summary>Throws an <see cref="OperationCanceledException"/> that nobody asked for.</summary>
    ThrowsCancellation,

    /// <summary>Waits until its token is cancelled.</summary>
    HangsUntilCancelled,

    /// <summary>Ignores its token and returns in its own time.</summary>
    Lingers,

    /// <summary>Blocks its thread.</summary>
    Blocks,

    /// <summary>Ignores its token and does not return before the end of all.</summary>
    NeverEnds,
}

/// <summary>A behaviour, and how long it takes where it takes time.</summary>
internal readonly record struct Act(Behaviour Behaviour, int Milliseconds)
{
    public bool MaySucceed => Behaviour is not (
        Behaviour.Throws or Behaviour.ThrowsLater or Behaviour.ThrowsCancellation or Behaviour.HangsUntilCancelled or Behaviour.NeverEnds);
}
