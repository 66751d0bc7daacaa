using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Protocol;

namespace Spearmint.Host.Api.Dto;

/// <summary>All that is known of an experiment in short.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What a run does.</param>
/// <param name="Strategy">The name of its strategy.</param>
/// <param name="Configs">Its configs.</param>
/// <param name="File">The file that it is written in; null where it is written in C#.</param>
/// <param name="FileErrors">What is wrong with that file now; what was in force before still is.</param>
/// <param name="Settings">The settings that new runs are planned with.</param>
/// <param name="Account">What has become of what was offered since the start.</param>
/// <param name="Figures">What is counted of each config in the last 24 hours; null where the store is away.</param>
internal sealed record ExperimentDetailDto(
    string Name, string Description, string Strategy, IReadOnlyList<ConfigDto> Configs, FileDto? File, IReadOnlyList<FileError> FileErrors, SettingsDto Settings,
    StrategyAccount Account, IReadOnlyList<ConfigFiguresDto>? Figures);

/// <summary>The file of an experiment.</summary>
/// <param name="Path">Its path, relative to the folder of experiments.</param>
/// <param name="LoadedAt">When it was put in force, UTC.</param>
internal sealed record FileDto(string Path, DateTime LoadedAt)
{
    public static FileDto? From(ExperimentFile? file) => file is null ? null : new FileDto(file.Path, file.LoadedAt.UtcDateTime);
}

/// <summary>How an experiment is defined.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source"><c>file</c>, or <c>code</c> where it is written in C#.</param>
/// <param name="Path">The path of the file, relative to the folder of experiments; null where it is written in C#.</param>
/// <param name="Text">What is in the file, as it is written: secrets are named there, not written; null where it is written in C#.</param>
/// <param name="Strategy">The name of its strategy.</param>
/// <param name="Configs">Its configs, secrets blotted out.</param>
internal sealed record DefinitionDto(string Name, string Source, string? Path, string? Text, string Strategy, IReadOnlyList<ConfigDto> Configs)
{
    public static DefinitionDto From(IHostedExperiment experiment) => new(
        experiment.Name, experiment.File is null ? "code" : "file", experiment.File?.Path, experiment.File?.Text, experiment.StrategyName,
        ExperimentDto.From(experiment).Configs);
}
