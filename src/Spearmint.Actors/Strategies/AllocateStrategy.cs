namespace Spearmint.Strategies;

/// <summary>Runs the config that a function chooses.</summary>
/// <param name="choose">Gives the id of the config.</param>
public sealed class AllocateStrategy(Func<PlanRequest, string> choose) : IStrategy
{
    private readonly OnePlans _plans = new();

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has the id that was chosen.</exception>
    public RunPlan Plan(PlanRequest request)
    {
        var id = choose(request) ?? throw new ArgumentException($"The function that chooses a config for experiment '{request.Experiment}' gave null.");
        return _plans.For(request.Configs, Choose.ById(request.Configs, id, "chosen"));
    }
}
