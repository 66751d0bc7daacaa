using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>One write of a migration, in its turn.</summary>
internal sealed record MigrationWrite<TCommand>(TCommand Command, WriteTurn Turn) : IMigrationWrite;
