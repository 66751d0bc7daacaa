using Spearmint.Host.Experiments.Reading;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Targets;

/// <summary>Reads a <c>target.exec</c>.</summary>
internal sealed class ExecTargetReader(TargetReading reading, Section section)
{
    private const int DefaultOutputBytes = 1 << 20;
    private const int MostOutputBytes = 64 << 20;

    /// <summary>The target; null where something is wrong, and the problems say what.</summary>
    public ExecTarget? Read()
    {
        var before = reading.Problems.Count;
        section.Require("command", "a list of the program and its arguments, such as [python3, score.py].");
        var command = section.List("command");
        var program = command is [var first, ..] && section.TextOf(first, "command") is { } name ? Program(name, first) : null;
        var arguments = new List<string>();
        foreach (var node in command.Skip(1))
        {
            if (node is not YamlScalarNode { Value: { } argument })
                reading.Problems.Add(node, $"An argument is a text; this is {Kind.Of(node)}.");
            else if (argument.Contains("{{", StringComparison.Ordinal))
                reading.Problems.Add(node, "A command has no placeholders: the config is in the environment of the program (SPEARMINT_CONFIG), the input is its standard input.");
            else
                arguments.Add(argument);
        }

        if (command.Count == 0 && section.Find("command") is YamlSequenceNode empty)
            reading.Problems.Add(empty, "'command' is empty; it is a list of the program and its arguments, such as [python3, score.py].");

        var variables = Variables();
        if ((reading.Configs ?? Domain.ConfigSet.Empty).Select(ExecVariables.Refuse).FirstOrDefault(why => why is not null) is { } collision)
            reading.Problems.Add(section.Place, collision);

        var response = section.Part("response");
        var rules = reading.Response(response);
        response?.Close();
        var bytes = section.Whole("maxOutputBytes", 1, MostOutputBytes) ?? DefaultOutputBytes;
        section.Close();
        return reading.Problems.Count > before || program is null ? null : new ExecTarget
        {
            Program = program,
            Arguments = arguments,
            Folder = reading.Surroundings.Folder,
            Variables = variables,
            Response = rules,
            MaxOutputBytes = bytes,
            Secrets = reading.Secrets,
        };
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in section.List("env"))
        {
            if (section.TextOf(item, "env") is { } name && reading.Variable(name, item) is { } value)
                variables[name] = value;
        }

        return variables;
    }

    // with a slash it is a file beside the experiment; without one, a program on the PATH
    private string? Program(string name, YamlNode node)
    {
        var isPath = name.Contains('/', StringComparison.Ordinal) || name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var folders = isPath ? [reading.Surroundings.Folder] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        foreach (var folder in folders)
        {
            foreach (var ending in endings)
            {
                if (Path.GetFullPath(Path.Combine(folder.Length == 0 ? "." : folder, name + ending)) is var path && File.Exists(path))
                    return path;
            }
        }

        reading.Problems.Add(node, isPath
            ? $"There is no program '{name}' in {reading.Surroundings.Folder}."
            : $"There is no program '{name}' on the PATH. One beside the file is written ./{name}.");
        return null;
    }
}
