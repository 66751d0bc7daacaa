using Spearmint.Comparing;
using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What holds for every read and write of a migration.</summary>
/// <typeparam name="TQuery">What a read asks.</typeparam>
/// <typeparam name="TResult">What a read gives.</typeparam>
/// <typeparam name="TCommand">What a write does.</typeparam>
public sealed record MigrationOptions<TQuery, TResult, TCommand>
{
    /// <summary>
    /// The key of the row that a command writes. Writes of one key are carried out one at a time, in the same order in both stores. Null,
    /// the default, for one write at a time whatever it writes.
    /// </summary>
    public Func<TCommand, string>? KeyOfCommand { get; init; }

    /// <summary>
    /// The key of the row that a query reads, so that a difference does not count that was read while the row was written: it is
    /// ignored by the rule <c>written meanwhile</c>. Null, the
    /// default, where a query reads more than one row: then every difference counts.
    /// </summary>
    public Func<TQuery, string>? KeyOfQuery { get; init; }

    /// <summary>When what the two stores give counts as equal; by default when the results are equal.</summary>
    public ComparisonRules<TQuery, TResult> Compare { get; init; } = ComparisonRules.For<TQuery, TResult>();

    /// <summary>The stage to begin with, the guard, deadlines and limits. Its configs are the two stores, and everybody takes part.</summary>
    public StrategySettings Settings { get; init; } = StrategySettings.Default;
}
