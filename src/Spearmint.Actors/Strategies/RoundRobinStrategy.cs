namespace Spearmint.Strategies;

/// <summary>
/// Rotates over the configs, one per run. The place in the rotation advances when a config is chosen, whatever becomes of the run. A config
/// that is quarantined is passed over while there is another.
/// </summary>
/// <param name="keepsQuarantined">Whether a quarantined config keeps its turn.</param>
public sealed class RoundRobinStrategy(bool keepsQuarantined = false) : IStrategy
{
    private readonly OnePlans _plans = new();
    private int _next;

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request)
    {
        // the list may be shorter than it was the last time
        var turn = _next % request.Configs.Count;
        var chosen = keepsQuarantined ? turn : FirstFree(request, turn);
        _next = (chosen + 1) % request.Configs.Count;
        return _plans.For(request.Configs, chosen);
    }

    // when all are quarantined, the one whose turn it is
    private static int FirstFree(in PlanRequest request, int turn)
    {
        for (var step = 0; step < request.Configs.Count; step++)
        {
            var place = (turn + step) % request.Configs.Count;
            if (!request.IsQuarantined(request.Configs[place]))
                return place;
        }

        return turn;
    }
}
