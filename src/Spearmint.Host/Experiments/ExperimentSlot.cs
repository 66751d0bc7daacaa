using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>The place of an experiment in a file: a strategy under its name, which stays when the file goes, for one that comes back.</summary>
internal sealed class ExperimentSlot
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private LoadedExperiment? _latest;

    /// <summary>Puts a version in force, with its settings. Called for one version at a time.</summary>
    /// <exception cref="NameTakenException">Another strategy has the name.</exception>
    public async Task<LoadedExperiment> PutInForceAsync(SpearmintClient client, ExperimentDefinition definition, ExperimentFile file)
    {
        var next = new LoadedExperiment(definition, _latest, file);
        if (_latest is { } before)
        {
            // between two runs: what is asked for by the version before is planned with its own settings to the last
            await client.ChangeSettingsAsync(definition.Name, settings =>
            {
                before.Retire(settings);
                return definition.Settings;
            });
        }
        else
        {
            var strategy = new Strategy(definition.Strategy.Name, () => new FileStrategy());
            await client.Root.Ask<StrategyRegistered>(new RegisterStrategy(definition.Name, strategy) { Settings = definition.Settings }, Bound);
        }

        return _latest = next;
    }
}
