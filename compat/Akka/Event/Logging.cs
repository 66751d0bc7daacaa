using Akka.Actor;

namespace Akka.Event;

public static class Logging
{
    /// <summary>A log whose source is the actor.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(system.EventStream, logSourceObj is IActorRef ? SourceOf(logSourceObj) : $"{SourceOf(logSourceObj)} ({system})", ClassOf(logSourceObj), logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(loggingBus, SourceOf(logSourceObj), ClassOf(logSourceObj), logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel)),
    };

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel)),
    };

    private static string SourceOf(object source) => source switch
    {
        string name => name,
        IActorRef actor => actor.Path.ToString(),
        ActorSystem system => $"ActorSystem({system.Name})",
        _ => ClassOf(source).Name,
    };

    private static Type ClassOf(object source) => source as Type ?? source.GetType();
}
