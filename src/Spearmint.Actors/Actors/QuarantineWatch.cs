using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Tells the quarantines of one strategy's configs what has happened, and everybody else what follows from it. Touched by its supervisor alone.</summary>
internal sealed class QuarantineWatch(string name, StrategyLedger ledger, Surroundings surroundings, ILoggingAdapter logger)
{
    /// <summary>A branch starts.</summary>
    /// <returns>Whether it is the probe of a quarantined config.</returns>
    public static bool Begin(ConfigLedger config, QuarantineSettings settings) => config.Quarantine?.Begin(settings) ?? false;

    /// <summary>A branch has ended.</summary>
    public void End(RunBranch work, ConfigLedger config, QuarantineSettings settings)
    {
        if (config.Quarantine is not { } quarantine)
            return;

        switch (quarantine.End(settings, work.IsProbe, work.Ended!.Status))
        {
            case QuarantineChange.Quarantined:
                OnQuarantined(quarantine, config.Id, isAgain: work.IsProbe);
                break;
            case QuarantineChange.Released:
                OnReleased(config.Id);
                break;
        }
    }

    /// <summary>The settings have changed: where no config is watched any more, none is quarantined.</summary>
    public void Obey(QuarantineSettings settings)
    {
        if (settings.IsOn)
            return;

        foreach (var config in ledger.Configs.Where(config => config.Quarantine is { IsOn: true }))
        {
            config.Quarantine!.Refuses(settings);
            OnReleased(config.Id);
        }
    }

    private void OnQuarantined(Quarantine quarantine, string configId, bool isAgain)
    {
        if (!isAgain)
            surroundings.Telemetry.Quarantined(name, configId, +1);
        surroundings.Log.Add(new ConfigQuarantined(name, configId, surroundings.Clock.GetUtcNow(), quarantine.Failures, quarantine.Pause));
        logger.Warning("Config {0} of {1} is quarantined for {2} s after {3} failures", configId, name, quarantine.Pause.TotalSeconds, quarantine.Failures);
    }

    private void OnReleased(string configId)
    {
        surroundings.Telemetry.Quarantined(name, configId, -1);
        surroundings.Log.Add(new ConfigReleased(name, configId, surroundings.Clock.GetUtcNow()));
        logger.Info("Config {0} of {1} is out of quarantine", configId, name);
    }
}
