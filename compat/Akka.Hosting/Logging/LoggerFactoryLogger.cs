using Akka.Actor;
using Akka.Actor.Setup;
using Akka.DependencyInjection;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Severity = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>Says which logger factory to use, where the container's is not the one.</summary>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}

/// <summary>Passes log events on to Microsoft.Extensions.Logging, template and values kept apart.</summary>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILoggerFactory _factory;

    public LoggerFactoryLogger()
    {
        var setups = Context.System.Settings.Setup;
        _factory = setups.Get<LoggerFactorySetup>() is { HasValue: true } own
            ? own.Value.LoggerFactory
            : setups.Get<DependencyResolverSetup>().Value.DependencyResolver.GetService<ILoggerFactory>();
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Log(logEvent, Sender.Path);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Log(LogEvent log, ActorPath path)
    {
        var logger = _factory.CreateLogger(log.LogClass.FullName!);
        var severity = SeverityOf(log.LogLevel());
        if (!logger.IsEnabled(severity))
            return;
        if (log.Message is LogMessage message)
            logger.Log(severity, log.Cause, message.Format, [.. message.Parameters()]);
        else
            logger.Log(severity, log.Cause, "{Message}", log.Message);
    }

    private static Severity SeverityOf(Event.LogLevel level) => level switch
    {
        Event.LogLevel.DebugLevel => Severity.Debug,
        Event.LogLevel.InfoLevel => Severity.Information,
        Event.LogLevel.WarningLevel => Severity.Warning,
        _ => Severity.Error,
    };
}
