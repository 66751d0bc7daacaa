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

/// <summary>Passes log events on to Microsoft.Extensions.Logging, as they are and all in one category.</summary>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILogger _logger;

    public LoggerFactoryLogger()
    {
        var setups = Context.System.Settings.Setup;
        var factory = setups.Get<LoggerFactorySetup>() is { HasValue: true } own
            ? own.Value.LoggerFactory
            : setups.Get<DependencyResolverSetup>().Value.DependencyResolver.GetService<ILoggerFactory>();
        _logger = factory.CreateLogger<ActorSystem>();
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
        var severity = SeverityOf(log.LogLevel());
        _logger.Log(severity, default, log, log.Cause, static (logEvent, _) => logEvent.ToString());
    }

    private static Severity SeverityOf(Event.LogLevel level) => level switch
    {
        Event.LogLevel.DebugLevel => Severity.Debug,
        Event.LogLevel.InfoLevel => Severity.Information,
        Event.LogLevel.WarningLevel => Severity.Warning,
        _ => Severity.Error,
    };
}
