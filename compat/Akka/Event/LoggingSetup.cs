using Akka.Actor.Setup;

namespace Akka.Event;

/// <summary>What Akka reads from its configuration text: who logs, from which level on, and how many dead letters.</summary>
internal sealed class LoggingSetup(LogLevel logLevel, IReadOnlyList<Type> loggers, int deadLetters, bool deadLettersDuringShutdown) : Setup
{
    public static readonly LoggingSetup Default = new(LogLevel.InfoLevel, [typeof(DefaultLogger)], 10, false);

    public LogLevel LogLevel { get; } = logLevel;

    public IReadOnlyList<Type> Loggers { get; } = loggers;

    /// <summary>How many to log before falling silent for a while.</summary>
    public int DeadLetters { get; } = deadLetters;

    public bool DeadLettersDuringShutdown { get; } = deadLettersDuringShutdown;
}
