namespace Spearmint.Domain;

/// <summary>Something that the log keeps: plain data, without secrets.</summary>
public abstract class ExperimentEvent
{
    private protected ExperimentEvent()
    {
    }

    /// <summary>The place in the log: 1 for the first event of a process, and one more for each that follows.</summary>
    public long Sequence { get; internal set; }
}
