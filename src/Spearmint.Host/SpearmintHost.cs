using Spearmint.Host.Commands;
using Spearmint.Host.Samples;

namespace Spearmint.Host;

/// <summary>The service as a part of a program of one's own, which adds functions that files of experiments may name.</summary>
public static class SpearmintHost
{
    /// <summary>Does what the service does with these arguments: by default it serves until it is told to end.</summary>
    /// <param name="args">The arguments of the program, such as <c>--urls</c>.</param>
    /// <param name="functions">Adds the functions, beside the sample's <c>compress</c>.</param>
    /// <returns>The exit code: 0 when it has done what it was asked.</returns>
    /// <exception cref="ArgumentException">A name is blank or taken.</exception>
    public static Task<int> RunAsync(string[] args, Action<HostFunctions> functions)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(functions);
        var catalogue = CompressSample.Functions();
        functions(new HostFunctions(catalogue));
        return CommandLine.RunAsync(args, catalogue);
    }
}
