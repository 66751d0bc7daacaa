using Spearmint.Domain;
using Spearmint.Hosting;

namespace Spearmint.Host.Experiments;

/// <summary>The experiments that this host offers over HTTP, by name.</summary>
internal sealed class ExperimentRegistry(IEnumerable<ByteExperiment> experiments)
{
    private readonly IReadOnlyList<ByteExperiment> _inCode = [.. experiments];

    /// <summary>All of them, as of now: first those in C#, in the order of their registration, then those in files, by name.</summary>
    public IReadOnlyList<IHostedExperiment> All => _inCode;

    /// <summary>What is wrong with the files, as of now.</summary>
    public IReadOnlyList<FileError> Errors { get; } = [];

    /// <exception cref="UnknownNameException">There is no experiment of this name.</exception>
    public IHostedExperiment Find(string name) =>
        All.FirstOrDefault(experiment => experiment.Name == name)
        ?? throw new UnknownNameException("experiment", name, All.Select(experiment => experiment.Name));

    public void RegisterIn(SpearmintBuilder spearmint)
    {
        foreach (var experiment in _inCode)
            experiment.RegisterIn(spearmint);
    }
}
