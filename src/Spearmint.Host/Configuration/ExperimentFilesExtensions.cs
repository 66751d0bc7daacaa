using Spearmint.Host.Experiments;
using Spearmint.Host.Experiments.Reading;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Configuration;

/// <summary>Experiments in files in this host.</summary>
internal static class ExperimentFilesExtensions
{
    /// <summary>Offers the experiments of the folder, as its files are.</summary>
    public static void AddExperimentFiles(this WebApplicationBuilder builder, ServiceOptions options, FunctionCatalogue functions)
    {
        builder.Services.AddSingleton<HttpCallers>();
        builder.Services.AddSingleton(new ExperimentFolder(options.ExperimentsFolder));
        builder.Services.AddSingleton(services => new DefinitionReader(new TargetSurroundings(
            services.GetRequiredService<ExperimentFolder>().Path, Environment.GetEnvironmentVariable, functions,
            services.GetRequiredService<HttpCallers>(), options.MaxBodyBytes)));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ExperimentFiles>(services, TimeProvider.System));
        builder.Services.AddHostedService(services => services.GetRequiredService<ExperimentFiles>());
    }
}
