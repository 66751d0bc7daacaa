using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Comparing;

/// <summary>The configs of an experiment by id: those that it has, and those that it had.</summary>
internal sealed class KnownConfigs(IHostedExperiment experiment, IReadOnlyList<Config> stored)
{
    /// <summary>A config without its secrets.</summary>
    /// <exception cref="UnknownNameException">There is none of this id.</exception>
    public (string Id, JsonElement Values) this[string id] =>
        experiment.Configs.Concat(stored).FirstOrDefault(config => config.Id == id) is { } config
            ? (id, config.RedactedValues)
            : throw new UnknownNameException("config", id, experiment.Configs.Concat(stored).Select(known => known.Id).Distinct(StringComparer.Ordinal));
}
