using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>
/// Lets a test tell as if it were its test actor. An actor cell is current per thread, and a test changes threads with every await, so what
/// comes after an await passes through here and gets the cell again.
/// </summary>
internal sealed class ImplicitSenderContext(ActorCell cell, SynchronizationContext outer) : SynchronizationContext
{
    public static void Enter(ActorCell cell)
    {
        var outer = Current is ImplicitSenderContext nested ? nested.Outer : Current;
        ActorCell.Current = cell;
        SetSynchronizationContext(new ImplicitSenderContext(cell, outer));
    }

    public static void Leave()
    {
        ActorCell.Current = null;
        if (Current is ImplicitSenderContext context)
            SetSynchronizationContext(context.Outer);
    }

    private SynchronizationContext Outer { get; } = outer;

    public override void Post(SendOrPostCallback d, object state)
    {
        void Run(object _) => InCell(d, state);
        if (Outer is not null)
            Outer.Post(Run, null);
        else
            ThreadPool.QueueUserWorkItem(Run);
    }

    public override void Send(SendOrPostCallback d, object state) => InCell(d, state);

    public override SynchronizationContext CreateCopy() => new ImplicitSenderContext(cell, Outer);

    private void InCell(SendOrPostCallback callback, object state)
    {
        var (previousCell, previousContext) = (ActorCell.Current, Current);
        ActorCell.Current = cell;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            ActorCell.Current = previousCell;
            SetSynchronizationContext(previousContext);
        }
    }
}
