using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>Makes figures of events. Without locks, for one owner.</summary>
internal sealed class EventFigures
{
    private const int MaxExperiments = 1024;

    private readonly Roster<string, ExperimentFigures> _experiments = new(MaxExperiments, Others.Name, name => new ExperimentFigures(name));

    /// <summary>The names of the experiments that there are figures of.</summary>
    public IEnumerable<string> Names => _experiments.All.Select(experiment => experiment.Name);

    /// <summary>Counts what has an effect on the figures, and passes over what has none.</summary>
    public void Add(ExperimentEvent happened)
    {
        switch (happened)
        {
            case BranchFinished finished when finished.Role != BranchRole.Noise:
                _experiments[finished.Experiment].Add(finished);
                break;
            case BranchCompared compared:
                _experiments[compared.Experiment].Add(compared.Comparison);
                break;
        }
    }

    public IReadOnlyList<ExperimentStatistics> Read(NoiseRule rule) => [.. _experiments.All.Select(experiment => experiment.Read(rule))];

    /// <summary>The figures of one experiment, or null where there are none.</summary>
    public ExperimentStatistics? Read(string name, NoiseRule rule) => _experiments.Find(name)?.Read(rule);
}
