namespace Spearmint.Latency;

/// <summary>One line of a table: a kind of call, measured in rounds.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Call">One call.</param>
internal sealed record Row(string Name, Func<Task> Call)
{
    public Latencies Latencies { get; } = new();

    /// <summary>What is to be done before each round of it.</summary>
    public Func<Task> Before { get; init; } = () => Task.CompletedTask;

    /// <summary>What is to be done after each round of it.</summary>
    public Func<Task> After { get; init; } = () => Task.CompletedTask;

    /// <summary>What is said beside the figures.</summary>
    public Func<Task<string>> Remark { get; init; } = () => Task.FromResult("");
}
