using Spearmint.Domain;
using Spearmint.Hosting;

namespace Spearmint.Host.Experiments;

/// <summary>The experiments that this host offers over HTTP, by name.</summary>
internal sealed class ExperimentRegistry(IEnumerable<ByteExperiment> experiments)
{
    private readonly IReadOnlyList<ByteExperiment> _inCode = [.. experiments];
    private volatile Files _files = new([], []);

    /// <summary>All of them, as of now: first those in C#, in the order of their registration, then those in files, by name.</summary>
    public IReadOnlyList<IHostedExperiment> All => [.. _inCode, .. _files.Experiments];

    /// <summary>What is wrong with the files, as of now.</summary>
    public IReadOnlyList<FileError> Errors => _files.Errors;

    /// <summary>Whether an experiment in C# has a name.</summary>
    public bool IsInCode(string name) => _inCode.Any(experiment => experiment.Name == name);

    /// <exception cref="UnknownNameException">There is no experiment of this name.</exception>
    public IHostedExperiment Find(string name)
    {
        var all = All;
        return all.FirstOrDefault(experiment => experiment.Name == name)
            ?? throw new UnknownNameException("experiment", name, all.Select(experiment => experiment.Name));
    }

    public void RegisterIn(SpearmintBuilder spearmint)
    {
        foreach (var experiment in _inCode)
            experiment.RegisterIn(spearmint);
    }

    /// <summary>Says what the files hold now.</summary>
    public void Take(IEnumerable<FileExperiment> experiments, IEnumerable<FileError> errors) => _files = new Files(
        [.. experiments.OrderBy(experiment => experiment.Name, StringComparer.Ordinal)],
        [.. errors.OrderBy(error => error.Path, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column)]);

    private sealed record Files(IReadOnlyList<FileExperiment> Experiments, IReadOnlyList<FileError> Errors);
}
