namespace Spearmint.Domain;

/// <summary>
/// How a sink is fed, and when what it does not take is given up. Immutable and always valid: a value that is out of range cannot be set.
/// </summary>
public sealed record SinkOptions
{
    /// <summary>The defaults.</summary>
    public static SinkOptions Default { get; } = new();

    /// <summary>How many events a batch has at most, at least 1; 4096 by default. What says that events were dropped comes on top.</summary>
    public int MaxBatch { get; init => field = Checked.AtLeast(1, value, nameof(MaxBatch)); } = 4096;

    /// <summary>
    /// How long an event waits at most for its batch to become full, from zero to a day. Zero, the default: a batch is what has come while
    /// the sink was busy, and a sink that is idle gets an event at once. A flush waits for nothing.
    /// </summary>
    public TimeSpan BatchTime
    {
        get;
        init => field = value == TimeSpan.Zero ? value
            : value > TimeSpan.Zero && value <= StrategySettings.LongestDeadline ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchTime), value, "BatchTime must be from zero to one day.");
    } = TimeSpan.Zero;

    /// <summary>How many events are in memory for the sink at most, those being written among them, at least 1; 65,536 by default. What finds no room is dropped.</summary>
    public int QueueLimit { get; init => field = Checked.AtLeast(1, value, nameof(QueueLimit)); } = 65_536;

    /// <summary>How often a batch is tried in all, at least 1; 4 by default.</summary>
    public int Attempts { get; init => field = Checked.AtLeast(1, value, nameof(Attempts)); } = 4;

    /// <summary>The pause before the second attempt, above zero and at most a day; 50 ms by default. Each later pause is four times as long.</summary>
    public TimeSpan FirstPause { get; init => field = Checked.Time(value, nameof(FirstPause)); } = TimeSpan.FromMilliseconds(50);

    /// <summary>No pause is longer than this, above zero and at most a day; 5 s by default.</summary>
    public TimeSpan LongestPause { get; init => field = Checked.Time(value, nameof(LongestPause)); } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The share of each pause that is left to chance, from 0 to 1; 0.2 by default. A pause is shortened by up to this share, so that many
    /// processes do not come back to a store in the same moment.
    /// </summary>
    public double Jitter { get; init => field = Checked.Share(value, nameof(Jitter)); } = 0.2;

    /// <summary>
    /// How long one call may take, above zero and at most a day; 30 s by default. A sink that takes longer is not called again before it has
    /// come back, and what comes meanwhile is dropped.
    /// </summary>
    public TimeSpan HangLimit { get; init => field = Checked.Time(value, nameof(HangLimit)); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a failure may pass, so that another attempt is worth while; where not, the batch is dropped at once. By default all may pass
    /// except what comes of the sink's own code or of the events: <see cref="ArgumentException"/>, <see cref="FormatException"/>,
    /// <see cref="IndexOutOfRangeException"/>, <see cref="InvalidCastException"/>, <see cref="NotImplementedException"/>,
    /// <see cref="NotSupportedException"/>, <see cref="NullReferenceException"/> and <see cref="ObjectDisposedException"/>. Throwing means no.
    /// </summary>
    public Func<Exception, bool> MayPass { get; init => field = value ?? throw new ArgumentNullException(nameof(MayPass)); } = MayPassByDefault;

    private static bool MayPassByDefault(Exception failure) => failure is not (
        ArgumentException or FormatException or IndexOutOfRangeException or InvalidCastException or NotImplementedException
        or NotSupportedException or NullReferenceException or ObjectDisposedException);
}
