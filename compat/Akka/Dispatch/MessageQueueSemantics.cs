namespace Akka.Dispatch;

/// <summary>Every mailbox here is unbounded and can be prepended to, so these only carry the declarations of Akka's own markers.</summary>
public interface ISemantics;

/// <inheritdoc cref="ISemantics"/>
public interface IRequiresMessageQueue<T> where T : ISemantics;

/// <inheritdoc cref="ISemantics"/>
public interface IDequeBasedMessageQueueSemantics : ISemantics;

/// <inheritdoc cref="ISemantics"/>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics;
