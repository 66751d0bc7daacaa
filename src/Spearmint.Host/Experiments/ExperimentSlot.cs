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
    private bool _isAsked;

    /// <summary>Puts a version in force, with its settings. Called for one version at a time.</summary>
    /// <exception cref="NameTakenException">Another strategy has the name.</exception>
    /// <exception cref="AskTimeoutException">There was no answer, and the version does not come into force later either.</exception>
    public async Task<LoadedExperiment> PutInForceAsync(SpearmintClient client, ExperimentDefinition definition, ExperimentFile file)
    {
        var next = new LoadedExperiment(definition, _latest, file);
        if (_latest is null)
            await RegisterAsync(client, definition);
        else
            await ReplaceAsync(client, _latest, definition);

        return _latest = next;
    }

    // who was not answered may have the name all the same
    private async Task RegisterAsync(SpearmintClient client, ExperimentDefinition definition)
    {
        var strategy = new Strategy(definition.Strategy.Name, () => new FileStrategy());
        var wasAsked = _isAsked;
        try
        {
            await client.Root.Ask<StrategyRegistered>(new RegisterStrategy(definition.Name, strategy) { Settings = definition.Settings }, Bound);
        }
        catch (AskTimeoutException)
        {
            _isAsked = true;
            throw;
        }
        catch (NameTakenException) when (wasAsked)
        {
            await client.ChangeSettingsAsync(definition.Name, _ => definition.Settings);
        }
    }

    private static async Task ReplaceAsync(SpearmintClient client, LoadedExperiment before, ExperimentDefinition definition)
    {
        // one that comes when nobody waits any more changes nothing
        var state = 0;
        try
        {
            // between two runs: what is asked for by the version before is planned with its own settings to the last
            await client.ChangeSettingsAsync(definition.Name, settings =>
            {
                if (Interlocked.CompareExchange(ref state, 1, 0) != 0)
                    return settings;

                before.Retire(settings);
                return definition.Settings;
            });
        }
        catch (AskTimeoutException) when (Interlocked.CompareExchange(ref state, 2, 0) != 0)
        {
            // it has been made, and only its answer is late
        }
    }
}
