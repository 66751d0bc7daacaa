namespace Spearmint.Host.Storage;

/// <summary>A process ended before a branch that it ran, and could not say so.</summary>
internal sealed class ProcessEndedException(string message) : Exception(message);
