using Akka.Actor;

namespace Akka.Event;

/// <summary>Starts a system's loggers and subscribes them before anything can be logged.</summary>
internal static class LoggerStarter
{
    public static void Start(ActorSystemImpl system, LoggingSetup setup)
    {
        foreach (var type in setup.Loggers)
        {
            var logger = system.SystemActorOf(Props.Create(type), $"log{Guid.NewGuid():N}-{type.Name}");
            logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
            foreach (var level in Enum.GetValues<LogLevel>().Where(level => level >= setup.LogLevel))
                system.EventStream.Subscribe(logger, level.ClassFor());
        }

        if (setup.DeadLetters > 0)
            system.EventStream.Subscribe<DeadLetter>(system.SystemActorOf(Props.Create<DeadLetterListener>(setup), "deadLetterListener"));
    }
}
