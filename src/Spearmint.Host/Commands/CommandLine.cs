using System.CommandLine;
using System.CommandLine.Invocation;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Commands;

/// <summary>What can be typed: <c>try FILE</c>, <c>--help</c>, <c>--version</c>, or what the service takes.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, FunctionCatalogue? functions = null)
    {
        var parsed = Root(args, functions).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

        if (parsed.Action is ParseErrorAction wrong)
            wrong.ShowTypoCorrections = false;

        // both commands end by their host's own handling of Ctrl-C and SIGTERM, which takes the time that draining takes
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? ExitCodes.WrongUse : exitCode;
    }

    private static RootCommand Root(string[] args, FunctionCatalogue? functions)
    {
        var root = new RootCommand(
            """
            Runs variants of a function side by side and records every execution.
            Without a command it serves over HTTP and takes the settings of ASP.NET Core, such as --urls http://127.0.0.1:5080
            or --environment Development.
            """)
        {
            TryFile(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.Validators.Add(result =>
        {
            if (args is [var first, ..] && result.Tokens.Count == 0 && !IsSetting(first) && root.Subcommands.All(command => command.Name != first))
                result.AddError($"There is no command '{first}'. Known: {string.Join(", ", root.Subcommands.Select(command => command.Name))}.");
        });
        root.SetAction((_, _) => ServeCommand.RunAsync(args, functions));
        return root;
    }

    private static Command TryFile()
    {
        var file = new Argument<string>("file") { Description = "The file to compress." };
        var command = new Command("try", "Runs the compress sample over a file under each of its three strategies, without a server.") { file };
        command.SetAction((parsed, _) => TryCommand.RunAsync(parsed.GetRequiredValue(file)));
        return command;
    }

    private static bool IsSetting(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=');
}
