using System.Reflection;

namespace Spearmint.Support;

/// <summary>The folder that this is built from, for tests that read sources and documents.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!);
}
