using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>
/// A path, looked up whenever a message is sent to it. <c>..</c> goes up; <c>*</c> and <c>?</c> in a name stand for any text and any character.
/// </summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;

    internal ActorSelection(IActorRef anchor, string path)
    {
        Anchor = anchor;
        _elements = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    public IActorRef Anchor { get; }

    public string PathString => "/" + string.Join('/', _elements);

    public void Tell(object message, IActorRef sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        sender ??= ActorCell.Current?.Self;
        var anchor = ((LocalActorRef)Anchor).Cell;
        var found = Resolve(anchor).ToArray();
        foreach (var actor in found)
            actor.Tell(message, sender);
        if (found.Length > 0)
            return;
        if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else
            anchor.System.DeadLetter(new Envelope(message, sender), new DeadLetterActorRef(anchor.System, MissingPath()));
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <exception cref="ActorNotFoundException">Nobody answered in time, or nobody is there.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (AkkaException cause)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", cause);
        }
    }

    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    private static bool IsPattern(string element) => element.Contains('*', StringComparison.Ordinal) || element.Contains('?', StringComparison.Ordinal);

    private static IEnumerable<LocalActorRef> Step(LocalActorRef actor, string element)
    {
        if (element == "..")
            return actor.Cell.Parent is LocalActorRef parent ? [parent] : [];
        if (!IsPattern(element))
            return actor.Cell.Children.Find(element) is { } child ? [child] : [];
        var pattern = "^" + Regex.Escape(element).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
        return actor.Cell.Children.ToArray().Where(each => Regex.IsMatch(each.Path.Name, pattern));
    }

    private IEnumerable<LocalActorRef> Resolve(ActorCell anchor)
    {
        IEnumerable<LocalActorRef> level = [(LocalActorRef)anchor.Self];
        foreach (var element in _elements)
            level = level.SelectMany(actor => Step(actor, element));
        return level;
    }

    private ActorPath MissingPath() => _elements.Aggregate(Anchor.Path, (path, element) => element == ".." ? path.Parent : path.Child(element));
}
