using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Adds a sink that gets all events from now on. Told to the root actor.</summary>
/// <remarks>Answered with <see cref="SinkRegistered"/>, or with a <see cref="NameTakenException"/>.</remarks>
/// <param name="Name">A name that is not taken.</param>
/// <param name="Sink">The sink.</param>
public sealed record RegisterSink(string Name, IBranchSink Sink)
{
    /// <summary>How the sink is fed, and when what it does not take is given up.</summary>
    public SinkOptions Options { get; init => field = value ?? throw new ArgumentNullException(nameof(Options)); } = SinkOptions.Default;
}

/// <summary>A sink has been added.</summary>
/// <param name="Name">Its name.</param>
public sealed record SinkRegistered(string Name);

/// <summary>
/// Asks for everything logged so far to be written, by the registered sinks and by the sinks of single runs. Nothing waits for a fuller
/// batch then, and a batch that pauses between two attempts is tried at once, once. Told to the root actor; answered with <see cref="SinksFlushed"/>.
/// </summary>
/// <param name="Timeout">How long to wait for a slow sink.</param>
public sealed record FlushSinks(TimeSpan Timeout);

/// <summary>What was logged before the request is written, or dropped and counted.</summary>
/// <param name="Unfinished">The sinks that were not done in time. That of a single run has the name "run" and the run's id.</param>
public sealed record SinksFlushed(IReadOnlyList<string> Unfinished);

/// <summary>Asks how the sinks are doing. Told to the root actor; answered with <see cref="SinkStatusList"/>.</summary>
public sealed record GetSinkStatus
{
    /// <summary>The message.</summary>
    public static GetSinkStatus Instance { get; } = new();
}

/// <summary>How the registered sinks are doing.</summary>
/// <param name="Sinks">One for each, in the order of their registration.</param>
public sealed record SinkStatusList(IReadOnlyList<SinkStatus> Sinks);

/// <summary>How one sink is doing. Figures count events unless they say otherwise.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Written">Events that the sink has taken.</param>
/// <param name="DroppedBy">Events that were given up, by a name of <see cref="DropReasons"/>; reasons that never came up are absent.</param>
/// <param name="Queued">Events that wait or are being written: the depth of its queue.</param>
/// <param name="Retries">Attempts beyond the first, in batches.</param>
/// <param name="LastError">The latest failure: type and message. It stays when the sink works again.</param>
public sealed record SinkStatus(
    string Name, long Written, IReadOnlyDictionary<string, long> DroppedBy, int Queued, long Retries, string? LastError)
{
    /// <summary>Events that were given up, for whatever reason.</summary>
    public long Dropped => DroppedBy.Values.Sum();
}
