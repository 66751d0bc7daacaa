using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>Takes everything and keeps nothing.</summary>
public sealed class NoOpSink : IBranchSink
{
    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken) => Task.CompletedTask;
}
