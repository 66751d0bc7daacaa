using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Keeps what it made last of configs and their weights in the settings: both seldom change.</summary>
/// <param name="make">Gets the configs and the weight of each; at least one is above 0.</param>
internal sealed class LastWeights<T>(Func<ConfigSet, double[], T> make)
    where T : class
{
    private ConfigSet? _configs;
    private IReadOnlyDictionary<string, double>? _weights;
    private T? _made;

    public T For(in PlanRequest request)
    {
        var weights = request.Settings.Weights;
        if (_made is null || !ReferenceEquals(_configs, request.Configs) || !ReferenceEquals(_weights, weights))
        {
            _made = make(request.Configs, Of(request.Configs, weights));
            _configs = request.Configs;
            _weights = weights;
        }

        return _made;
    }

    private static double[] Of(ConfigSet configs, IReadOnlyDictionary<string, double> weights)
    {
        double[] found = [.. configs.Select(config => weights.GetValueOrDefault(config.Id, 1))];
        return found.Any(weight => weight > 0)
            ? found
            : throw new ArgumentException(
                $"All configs have the weight 0: {string.Join(", ", configs.Select(config => config.Id))}. Give one of them more in the settings.");
    }
}
