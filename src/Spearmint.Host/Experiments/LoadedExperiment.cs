using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>One version of a file. A run is run by the version that was in force when it was asked for, to its end.</summary>
internal sealed class LoadedExperiment
{
    private StrategySettings? _lastSettings;

    /// <param name="definition">What the file says.</param>
    /// <param name="before">The version that it follows; null for none.</param>
    /// <param name="file">The file.</param>
    public LoadedExperiment(ExperimentDefinition definition, LoadedExperiment? before, ExperimentFile file)
    {
        Definition = definition;
        File = file;
        Strategy = before is not null && before.Definition.StrategyText == definition.StrategyText ? before.Strategy : definition.Strategy.Create();
        Function = ExperimentFunction.From<ExperimentInput, object?>(definition.Target.RunAsync);
    }

    public ExperimentDefinition Definition { get; }

    public ExperimentFile File { get; }

    /// <summary>The instance that plans runs of this version; touched by the actor that plans alone.</summary>
    public IStrategy Strategy { get; }

    public ExperimentFunction Function { get; }

    /// <summary>Keeps the settings that were in force with it, for runs that were asked for before it was replaced. Called by the actor that plans.</summary>
    public void Retire(StrategySettings settings) => _lastSettings = settings;

    /// <summary>The request with the settings of this version: another one may have no weight for its configs.</summary>
    public PlanRequest Fit(in PlanRequest request) => _lastSettings is { } last ? request with { Settings = last } : request;
}
