using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Which loggers a system has, and from which level on they are told.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly HashSet<Type> _loggers = [typeof(DefaultLogger)];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    internal AkkaConfigurationBuilder Builder { get; }

    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    internal LoggingSetup Build() => new(LogLevel, [.. _loggers], LoggingSetup.Default.DeadLetters, LoggingSetup.Default.DeadLettersDuringShutdown);
}
