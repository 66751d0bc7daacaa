using System.Diagnostics;
using Spearmint.Client;

namespace Spearmint.Chaos;

/// <summary>How a caller calls.</summary>
internal enum Way
{
    Output,
    Detailed,
    Container,
    Stream,

    /// <summary>Leaves the loop over the branches after the first.</summary>
    StreamLeftEarly,

    /// <summary>By message through the client.</summary>
    Message,

    /// <summary>By <c>Ask</c>.</summary>
    Ask,

    /// <summary>Wants an answer in a shape that the strategy does not give.</summary>
    WrongShape,

    /// <summary>Brings an empty list of configs.</summary>
    NoConfigs,
}

/// <summary>One call: what is asked for, and how long it takes.</summary>
internal sealed class Call(Subject subject, Way way, Job job, RunOptions options, TimeSpan? cancelAfter) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private long _start;

    public Subject Subject { get; } = subject;

    public Way Way { get; } = way;

    public Job Job { get; } = job;

    public RunOptions Options { get; } = options;

    /// <summary>The caller's token; a caller who never cancels has none.</summary>
    public CancellationToken Token => cancelAfter is null ? CancellationToken.None : _cancellation.Token;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>When the answer is due at the latest.</summary>
    public TimeSpan Due => Token.IsCancellationRequested && cancelAfter < Deadline ? cancelAfter.Value : Deadline;

    private TimeSpan Deadline => Options.Deadline ?? Subjects.LongestDeadline;

    public void Start()
    {
        _start = Stopwatch.GetTimestamp();
        if (cancelAfter == TimeSpan.Zero)
            _cancellation.Cancel();
        else if (cancelAfter is { } time)
            _cancellation.CancelAfter(time);
    }

    public void Dispose() => _cancellation.Dispose();

    public override string ToString() => $"{Subject.Name} by {Way}, {Job}, after {Elapsed.TotalMilliseconds:0} ms";
}
