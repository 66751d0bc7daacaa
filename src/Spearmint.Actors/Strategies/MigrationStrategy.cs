namespace Spearmint.Strategies;

/// <summary>
/// Reads from and writes to two stores, of which the first config is the old one and the second the new one, as
/// <see cref="Domain.StrategySettings.MigrationStage"/> says. Writes are the runs whose input is an <see cref="IMigrationWrite"/>: they go to
/// the store that answers reads, and to the other one when that has succeeded.
/// </summary>
public sealed class MigrationStrategy : IStrategy
{
    private MigrationPlans? _plans;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">There are not exactly two configs.</exception>
    public RunPlan Plan(PlanRequest request)
    {
        if (_plans is null || !ReferenceEquals(_plans.Stores, request.Configs))
            _plans = new MigrationPlans(request.Configs);

        var stage = request.Settings.MigrationStage;
        return request.Input is IMigrationWrite ? _plans.Write(stage) : _plans.Read(stage);
    }

    /// <inheritdoc />
    /// <remarks>The same: a write that took no part would be missing in one of the stores.</remarks>
    public RunPlan Baseline(PlanRequest request) => Plan(request);
}
