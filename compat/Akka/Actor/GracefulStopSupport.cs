namespace Akka.Actor;

/// <summary>Stopping an actor and waiting until it has stopped.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <returns>True; an actor that is not gone in time makes the task throw.</returns>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var subject = (IInternalActorRef)target;
        var watcher = new FutureActorRef<Terminated>(target.Path.Root);
        watcher.Expect(timeout, CancellationToken.None);
        subject.SendSystemMessage(new Watch(watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await watcher.Reply;
            return true;
        }
        catch
        {
            subject.SendSystemMessage(new Unwatch(watcher));
            throw;
        }
    }
}
