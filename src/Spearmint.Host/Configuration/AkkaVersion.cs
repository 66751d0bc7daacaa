using System.Reflection;
using Akka.Actor;

namespace Spearmint.Host.Configuration;

/// <summary>Which Akka.NET this process runs on: the real packages, or the subset under <c>compat/</c>.</summary>
internal static class AkkaVersion
{
    private const string CompatSuffix = "-compat";

    /// <summary>The Akka.NET that is loaded, for the log.</summary>
    public static string Text { get; } = Describe(
        typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version");

    internal static string Describe(string informationalVersion)
    {
        var version = informationalVersion.Split('+')[0];
        return version.EndsWith(CompatSuffix, StringComparison.Ordinal) ? $"Akka {version}" : $"Akka {version} (the real packages)";
    }
}
