using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>What is counted of one experiment.</summary>
internal sealed class ExperimentFigures
{
    // runs may bring configs of their own, and a process lives long
    private const int MaxConfigs = 1024;
    private const int MaxPairs = 1024;

    private readonly Roster<string, ConfigFigures> _configs = new(MaxConfigs, Others.Name, id => new ConfigFigures(id));
    private readonly Roster<(string Reference, string Compared), PairFigures> _pairs;
    private readonly Roster<(string Reference, string Compared), PairFigures> _noise;

    public ExperimentFigures(string name)
    {
        Name = name;
        _pairs = NewPairs();
        _noise = NewPairs();
    }

    public string Name { get; }

    public void Add(BranchFinished finished) => _configs[finished.ConfigId].Add(finished);

    public void Add(Comparison comparison) =>
        (comparison.IsNoise ? _noise : _pairs)[(comparison.ReferenceConfigId, comparison.ConfigId)].Add(comparison);

    public ExperimentStatistics Read(NoiseRule rule) => new(
        Name,
        [.. _configs.All.Select(config => config.Read())],
        [.. _pairs.All.Select(pair => pair.Read(_noise.Find((pair.ReferenceId, pair.ReferenceId)) ?? _noise.Others, rule))],
        [.. _noise.All.Select(pair => pair.Read(noise: null, rule))]);

    // noise has a room of its own, so that it never takes what a real difference needs
    private static Roster<(string, string), PairFigures> NewPairs()
    {
        var room = new Room();
        return new(MaxPairs, (Others.Name, Others.Name), key => new PairFigures(key.Item1, key.Item2, room));
    }
}
