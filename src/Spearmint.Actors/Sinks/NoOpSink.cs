using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>Takes everything and keeps nothing.</summary>
public sealed class NoOpSink : IPromptSink
{
    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) => Task.CompletedTask;
}
