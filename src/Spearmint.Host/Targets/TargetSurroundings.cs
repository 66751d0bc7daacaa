namespace Spearmint.Host.Targets;

/// <summary>What the targets of all files share.</summary>
/// <param name="Folder">The folder that the files are in.</param>
/// <param name="Variable">Gives a variable of the environment; null where it is not set.</param>
/// <param name="Functions">The functions in C# that files may name.</param>
/// <param name="Http">What calls services.</param>
/// <param name="MaxBodyBytes">The largest body that the service takes.</param>
internal sealed record TargetSurroundings(
    string Folder, Func<string, string?> Variable, FunctionCatalogue Functions, HttpCallers Http, long MaxBodyBytes);
