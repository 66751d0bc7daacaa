using Spearmint.Domain;
using Spearmint.Hosting;

namespace Spearmint.Host.Experiments;

/// <summary>The experiments that this host offers over HTTP, by name.</summary>
internal sealed class ExperimentRegistry(IEnumerable<ByteExperiment> experiments)
{
    /// <summary>All of them, in the order of their registration.</summary>
    public IReadOnlyList<ByteExperiment> All { get; } = [.. experiments];

    /// <exception cref="UnknownNameException">There is no experiment of this name.</exception>
    public ByteExperiment Find(string name) =>
        All.FirstOrDefault(experiment => experiment.Name == name)
        ?? throw new UnknownNameException("experiment", name, All.Select(experiment => experiment.Name));

    public void RegisterIn(SpearmintBuilder spearmint)
    {
        foreach (var experiment in All)
            experiment.RegisterIn(spearmint);
    }
}
