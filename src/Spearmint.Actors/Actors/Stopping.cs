using Akka.Event;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Tells the user's code to stop. What it has registered on its token is its own: it may block and throw, so it runs on a thread of its own.</summary>
internal static class Stopping
{
    /// <param name="cancel">Cancels the token.</param>
    /// <param name="whose">Whose code it is, for the log.</param>
    /// <param name="surroundings">Has the threads.</param>
    /// <param name="logger">Is told what the code threw.</param>
    public static void Begin(Action cancel, string whose, Surroundings surroundings, ILoggingAdapter logger) => _ = surroundings.Chores.Run(_ =>
    {
        try
        {
            cancel();
        }
        catch (AggregateException e)
        {
            logger.Warning("{0} threw when it was cancelled: {1}", whose, e);
        }

        return Task.FromResult(true);
    }, null);
}
