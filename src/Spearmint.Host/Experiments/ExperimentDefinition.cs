using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Host.Front;
using Spearmint.Host.Targets;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>What a file says of an experiment, read and checked.</summary>
internal sealed class ExperimentDefinition
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required Strategy Strategy { get; init; }

    /// <summary>The strategy as it is written: where it has not changed, its state is kept.</summary>
    public required string StrategyText { get; init; }

    public required ConfigSet Configs { get; init; }

    public required StrategySettings Settings { get; init; }

    public required bool RecordOutput { get; init; }

    public required bool RecordInput { get; init; }

    public required ComparisonRules? Compare { get; init; }

    public required ITarget Target { get; init; }

    /// <summary>How requests are passed on; null where none are.</summary>
    public required FrontRules? Front { get; init; }
}
