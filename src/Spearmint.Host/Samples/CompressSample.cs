using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Targets;
using Spearmint.Strategies;

namespace Spearmint.Host.Samples;

/// <summary>The sample: one function and twelve configs, under three names for three strategies.</summary>
internal static class CompressSample
{
    /// <summary>What files call the function.</summary>
    public const string Function = "compress";

    public const string Rotate = "compress-rotate";
    public const string Shadow = "compress-shadow";
    public const string All = "compress-all";

    /// <summary>Each codec at each level.</summary>
    public static ConfigSet Configs { get; } = Config.Expand(new
    {
        codec = Sweep.Of("gzip", "deflate", "zlib", "brotli"),
        level = Sweep.Of("fastest", "optimal", "smallest"),
    });

    /// <summary>The function, for files to name.</summary>
    public static FunctionCatalogue Functions()
    {
        var functions = new FunctionCatalogue();
        functions.Add<CompressConfig, CompressResult>(Function, new Compressor(TimeProvider.System).MeasureAsync);
        return functions;
    }

    public static IReadOnlyList<ByteExperiment> Experiments()
    {
        var compressor = new Compressor(TimeProvider.System);
        return
        [
            Under(Rotate, "Compresses the body with one codec and level per run, each in its turn.", Strategy.RoundRobin),
            Under(Shadow, "Compresses the body with the first config and answers; the others compress it too, and nobody waits for them.", Strategy.Shadow()),
            Under(All, "Compresses the body with every codec and level at once and answers with all of them.", Strategy.MultiBranch),
        ];

        ByteExperiment Under(string name, string description, Strategy strategy) =>
            ByteExperiment.Of<CompressConfig, CompressResult>(name, description, compressor.MeasureAsync, Configs, strategy);
    }
}
