namespace Akka.Actor;

/// <summary>Stopping an actor and waiting until it has stopped.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <returns>False: it is not gone yet.</returns>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var subject = (IInternalActorRef)target;
        var watcher = new FutureActorRef<Terminated>(subject.System);
        watcher.Expect(timeout, CancellationToken.None);
        subject.SendSystemMessage(new Watch(watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await watcher.Reply;
            return true;
        }
        catch (AskTimeoutException)
        {
            subject.SendSystemMessage(new Unwatch(watcher));
            return false;
        }
    }
}
