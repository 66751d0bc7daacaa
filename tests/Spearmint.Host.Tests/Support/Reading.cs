using Spearmint.Host.Experiments;
using Spearmint.Host.Experiments.Reading;
using Spearmint.Host.Samples;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Support;

/// <summary>Reads the text of a file without a service.</summary>
internal static class Reading
{
    public const string Variable = "SECRET_OF_TESTS";
    public const string Secret = "hush-hush";

    public static (ExperimentDefinition? Definition, IReadOnlyList<FileProblem> Problems) Read(string text, string? folder = null)
    {
        using var http = new HttpCallers();
        var surroundings = new TargetSurroundings(
            folder ?? AppContext.BaseDirectory, name => name == Variable ? Secret : null, CompressSample.Functions(), http, 1 << 24);
        var problems = new FileProblems();
        var definition = new DefinitionReader(surroundings).Read(text, name => name == "taken" ? "other.yaml" : null, problems);
        return (definition, problems.InOrder);
    }

    /// <summary>Reads a file that must be right.</summary>
    public static ExperimentDefinition Right(string text, string? folder = null)
    {
        var (definition, problems) = Read(text, folder);
        Assert.Empty(problems);
        return definition!;
    }
}
