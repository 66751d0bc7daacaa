using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>A program, started for each branch and ended with its children and theirs when its branch ends.</summary>
internal sealed class ExecTarget : ITarget
{
    // what a program has started may hold its pipes when it has ended itself
    private static readonly TimeSpan TimeForPipes = TimeSpan.FromSeconds(1);

    private static readonly string[] Inherited = ["PATH", "HOME", "USERPROFILE", "TEMP", "TMP", "TMPDIR", "SystemRoot"];

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Folder { get; init; }

    /// <summary>The variables that the file names.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required ResponseRules Response { get; init; }

    public required int MaxOutputBytes { get; init; }

    public required Secrets Secrets { get; init; }

    public async Task<object?> RunAsync(ExperimentInput input, BranchContext context)
    {
        using var process = Start(context);
        // it keeps open what was asked for
        await using var stdout = process.StandardOutput.BaseStream;
        await using var stderr = process.StandardError.BaseStream;
        await using var stdin = process.StandardInput.BaseStream;
        using var kill = context.CancellationToken.UnsafeRegister(
            // looking for all that it has started takes a while, and who cancels has other branches to see to
            static process => ThreadPool.UnsafeQueueUserWorkItem(static process => Kill(process), (Process)process!, preferLocal: false), process);
        using var pipes = new CancellationTokenSource();
        var errors = new OutputTail(stderr);
        var writing = WriteAsync(stdin, input.Bytes, pipes.Token);
        var reading = ReadAsync(process, stdout, pipes.Token);
        var readingErrors = errors.ReadAsync(pipes.Token);

        // killed by the token of the branch, so that the wait has an end
        await process.WaitForExitAsync(CancellationToken.None);
        pipes.CancelAfter(TimeForPipes);
        await writing;
        var output = await reading;
        await readingErrors;
        context.CancellationToken.ThrowIfCancellationRequested();
        return Answer(process, output, errors, context);
    }

    private object? Answer(Process process, byte[]? output, OutputTail errors, BranchContext context)
    {
        var name = Path.GetFileName(Program);
        if (output is null)
            throw new TargetException($"{name} wrote more than {MaxOutputBytes} bytes (maxOutputBytes) and was ended.");
        if (process.ExitCode != 0)
            throw new TargetException($"{name} ended with exit code {process.ExitCode}{(errors.Text(Secrets) is { Length: > 0 } said ? $": {said}" : ".")}");

        var content = Content.Of(output);
        if (content.Text is not { } text)
            throw new TargetException($"{name} wrote {output.Length} bytes that are no text in UTF-8.");

        var json = content.Json is { } value ? Secrets.Scrub(value) : (JsonElement?)null;
        Response.Report(json, context);
        return Response.Pick(json, Secrets.Scrub(text));
    }

    private Process Start(BranchContext context)
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        foreach (var (name, value) in ExecVariables.Of(context))
            start.Environment[name] = value;

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new TargetException($"{Path.GetFileName(Program)} could not be started: {e.Message}");
        }
    }

    private async Task<byte[]?> ReadAsync(Process process, Stream stdout, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stdout.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (output.Length + read > MaxOutputBytes)
                {
                    Kill(process);
                    return null;
                }

                output.Write(chunk, 0, read);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // what it has started holds the pipe; its own output is complete
        }

        return output.ToArray();
    }

    private static async Task WriteAsync(Stream stdin, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await stdin.WriteAsync(input, cancellationToken);
            await stdin.DisposeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // a program need not read its input
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // it has ended meanwhile, or parts of it have
        }
    }
}
