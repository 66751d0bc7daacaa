using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>An experiment in a file, in one version of it.</summary>
internal sealed class FileExperiment(LoadedExperiment loaded) : IHostedExperiment
{
    public string Name => loaded.Definition.Name;

    public string Description => loaded.Definition.Description;

    public string StrategyName => loaded.Definition.Strategy.Name;

    public ConfigSet Configs => loaded.Definition.Configs;

    public ExperimentFile? File => loaded.File;

    public LoadedExperiment Loaded => loaded;

    public Task<ByteRun> RunAsync(SpearmintClient client, byte[] input, RunOptions options, CancellationToken cancellationToken) =>
        RunAsync(client, new ExperimentInput(loaded, input), options, cancellationToken);

    /// <inheritdoc cref="RunAsync(SpearmintClient, byte[], RunOptions, CancellationToken)" />
    public async Task<ByteRun> RunAsync(SpearmintClient client, ExperimentInput input, RunOptions options, CancellationToken cancellationToken)
    {
        var definition = loaded.Definition;
        var result = await client.RunAsync(new RunExperiment(loaded.Function, options.Configs ?? definition.Configs, input)
        {
            ExperimentName = definition.Name,
            StrategyName = definition.Name,
            RunId = options.RunId,
            Deadline = options.Deadline,
            ShadowDeadline = options.ShadowDeadline,
            ForcedConfigId = options.ForcedConfigId,
            Key = options.Key,
            Sink = options.Sink,
            RecordOutput = definition.RecordOutput,
            RecordInput = definition.RecordInput,
            Compare = definition.Compare,
            CancellationToken = cancellationToken,
        });
        return new ByteRun(result.RunId, result.Answer == AnswerShape.Output ? result.Output : null, result.Branches);
    }
}
