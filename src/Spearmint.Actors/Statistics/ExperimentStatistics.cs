namespace Spearmint.Statistics;

/// <summary>What is known of one experiment. Immutable: it does not change while more happens.</summary>
/// <param name="Experiment">Its name; beyond 1024 of them, the rest together under the name <c>(other)</c>.</param>
/// <param name="Configs">One for each config that has ended a branch; beyond 1024 of them, the rest together under the id <c>(other)</c>.</param>
/// <param name="Pairs">One for each config that was compared, with the one it was compared with; beyond 1024 of them, the rest together.</param>
/// <param name="Noise">
/// The configs whose branches were compared with a second run of the same config: what differs here differs by chance, in outputs and in time.
/// </param>
public sealed record ExperimentStatistics(
    string Experiment, IReadOnlyList<ConfigStatistics> Configs, IReadOnlyList<PairStatistics> Pairs, IReadOnlyList<PairStatistics> Noise)
{
    /// <summary>The figures of one config, or null when it has ended no branch.</summary>
    /// <param name="id">The config's id.</param>
    public ConfigStatistics? ByConfigId(string id) => Configs.FirstOrDefault(config => config.ConfigId == id);

    /// <summary>The figures of a pair, or null when the two were never compared.</summary>
    /// <param name="referenceConfigId">The id of the config that the other is measured by.</param>
    /// <param name="configId">The id of the compared config.</param>
    public PairStatistics? Pair(string referenceConfigId, string configId) =>
        Pairs.FirstOrDefault(pair => pair.ReferenceConfigId == referenceConfigId && pair.ConfigId == configId);

    /// <summary>What there is to say of an experiment that has ended no branch.</summary>
    internal static ExperimentStatistics Nothing(string experiment) => new(experiment, [], [], []);
}
