using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters: the first few, then none for five minutes, then a few again.</summary>
internal sealed class DeadLetterListener(LoggingSetup setup) : UntypedActor
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private long _count;
    private TimeSpan? _silentUntil;

    protected override void OnReceive(object message)
    {
        var letter = (DeadLetter)message;
        _count++;
        var now = Context.System.Scheduler.MonotonicClock;
        if (_silentUntil > now)
            return;
        if (_silentUntil is not null)
        {
            _silentUntil = null;
            _count = 1;
        }

        Log(letter, _count < setup.DeadLetters ? string.Empty : $" No more dead letters will be logged in the next [{Silence}].");
        if (_count >= setup.DeadLetters)
            _silentUntil = now + Silence;
    }

    private void Log(DeadLetter letter, string rest) => Logging.GetLogger(Context.System, letter.Recipient).Info(
        "Message [{0}] from {1} to {2} was not delivered. [{3}] dead letters encountered.{4} If this is not an expected behavior then {2} may have terminated unexpectedly.",
        letter.Message.GetType().Name, letter.Sender, letter.Recipient, _count, rest);
}
