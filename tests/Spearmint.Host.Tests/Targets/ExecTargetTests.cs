using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using Spearmint.Host.Support;

namespace Spearmint.Host.Targets;

/// <summary>Real programs: scripts of the shell, which Windows has not.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ExecTargetTests
{
    private const string Variable = "SPEARMINT_TESTS_EXEC_KEY";
    private const string Secret = "exec-secret-17";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    static ExecTargetTests() => Environment.SetEnvironmentVariable(Variable, Secret);

    [UnixFact]
    public async Task A_program_has_its_config_in_the_environment_and_its_input_on_stdin()
    {
        await using var service = await StartAsync(
            "printf '{\"in\":\"%s\",\"tokens\":%s,\"json\":%s,\"arg\":\"%s\",\"run\":\"%s\",\"home\":\"%s\",\"other\":\"%s\",\"n\":17}' "
            + "\"$(cat)\" \"$SPEARMINT_CONFIG_MAX_STEPS\" \"$SPEARMINT_CONFIG\" \"$1\" \"$SPEARMINT_RUN_ID\" \"$HOME\" \"$SPEARMINT_TESTS_EXEC_KEY\"",
            "command: [./run.sh, an argument]\n    response: {metrics: {n: $.n}}");

        var run = await service.Http.RunAsync("run", "hello"u8.ToArray());

        var output = run.GetProperty("output");
        Assert.Equal(("hello", "an argument", ""), (output.Text("in"), output.Text("arg"), output.Text("other")));
        Assert.Equal("""{"maxSteps":3,"deep":{"a":1}}""", output.GetProperty("json").GetRawText());
        Assert.Equal(3, output.GetProperty("tokens").GetInt32());
        Assert.Equal(run.Text("runId"), output.Text("run"));
        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), output.Text("home"));
        Assert.Equal(17, run.Branches()[0].GetProperty("metrics").GetProperty("n").GetDouble());
    }

    [UnixTheory]
    [InlineData("echo some text", "some text\n")]
    [InlineData("exec <&-; echo never read", "never read\n")]
    [InlineData("cat >/dev/null; exec >&-", "")]
    public async Task What_is_no_JSON_is_a_text(string script, string output)
    {
        await using var service = await StartAsync(script);

        Assert.Equal(output, (await service.Http.RunAsync("run", Some.EasyBytes(1 << 20))).Text("output"));
    }

    [UnixFact]
    public async Task An_exit_code_other_than_0_is_a_failure_with_the_last_that_was_said()
    {
        await using var service = await StartAsync("head -c 100000 /dev/zero | tr '\\0' 'x' >&2; echo \" the end\" >&2; exit 3");

        var failure = await FailureAsync(service);

        Assert.StartsWith("run.sh ended with exit code 3: xxx", failure, StringComparison.Ordinal);
        Assert.EndsWith("x the end", failure, StringComparison.Ordinal);
        Assert.InRange(failure.Length, 4000, 4200);
    }

    [UnixFact]
    public async Task A_program_that_writes_without_end_is_ended_at_its_cap()
    {
        await using var service = await StartAsync("cat /dev/zero", "command: [./run.sh]\n    maxOutputBytes: 100000");

        Assert.Equal("run.sh wrote more than 100000 bytes (maxOutputBytes) and was ended.", await FailureAsync(service));
    }

    [UnixFact]
    public async Task At_the_deadline_a_program_is_killed_with_its_children_and_theirs()
    {
        await using var service = await StartAsync(
            "trap '' TERM\n(sh -c 'echo $$ > grandchild; sleep 1000' & echo $$ > child; wait) &\necho $$ > parent\nwait", settings: "deadline: 2s");

        using var response = await service.Http.PostRunAsync("run", Some.Text);

        await response.ProblemAsync(HttpStatusCode.GatewayTimeout);
        foreach (var name in (string[])["parent", "child", "grandchild"])
            await GoneAsync(int.Parse(await File.ReadAllTextAsync(service.Folder[name]), CultureInfo.InvariantCulture));
    }

    [UnixFact]
    public async Task What_a_program_leaves_running_does_not_hold_up_its_answer()
    {
        await using var service = await StartAsync("sleep 1000 &\necho $!", settings: "deadline: 20s");

        var left = int.Parse((await service.Http.RunAsync("run", Some.Text)).GetProperty("output").ToString(), CultureInfo.InvariantCulture);

        using var process = Process.GetProcessById(left);
        process.Kill();
    }

    [UnixFact]
    public async Task A_named_variable_reaches_the_program_and_nobody_else()
    {
        await using var service = await StartAsync(
            $"echo \"it is ${Variable}\"; test -n \"$(cat)\" || {{ echo \"no ${Variable}\" >&2; exit 1; }}", $"command: [./run.sh]\n    env: [{Variable}]");

        var run = await service.Http.RunAsync("run", Some.Text);

        Assert.Equal("it is ***\n", run.Text("output"));
        Assert.DoesNotContain(Secret, $"{await service.Http.GetJsonAsync("branches")}", StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_secret_at_the_begin_of_the_last_that_was_said_is_not_cut_in_two()
    {
        await using var service = await StartAsync(
            $"printf \"begin ${Variable}\" >&2; head -c 4088 /dev/zero | tr '\\0' 'x' >&2; exit 1", $"command: [./run.sh]\n    env: [{Variable}]");

        Assert.DoesNotContain("17x", await FailureAsync(service), StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("{max_steps: 1, maxSteps: 2}", "In config 'c' the value 'maxSteps' would be in the variable SPEARMINT_CONFIG_MAX_STEPS, which has 'max_steps'")]
    [InlineData("{Id: 1}", "would be in the variable SPEARMINT_CONFIG_ID, which has the id of the config")]
    public void Values_that_would_be_in_one_variable_are_refused(string values, string reason)
    {
        var (definition, problems) = Reading.Read($"name: run\nstrategy: shadow\nconfigs: [{{id: c, {values[1..]}]\ntarget: {{exec: {{command: [sh]}}}}");

        Assert.Null(definition);
        Assert.Contains(reason, Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("command: [./nope.sh]", "There is no program './nope.sh' in ")]
    [InlineData("command: [no-such-program]", "There is no program 'no-such-program' on the PATH. One beside the file is written ./no-such-program")]
    [InlineData("command: []", "'command' is empty")]
    [InlineData("command: ./run.sh", "'command' is './run.sh' and must be a list")]
    [InlineData("command: [./run.sh, '{{input}}']", "A command has no placeholders")]
    [InlineData("command: [./run.sh]\n    env: [NOT_SET]", "has no variable 'NOT_SET'")]
    [InlineData("shell: x", "'exec' has no 'command'")]
    public async Task What_is_wrong_with_a_program_is_said(string exec, string reason)
    {
        await using var service = await StartAsync("exit", exec);

        Assert.Contains(service.Registry.Errors, error => error.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Empty(service.Registry.All);
    }

    [UnixFact]
    public async Task No_pipe_stays_open_when_a_program_has_ended()
    {
        const int Runs = 50;
        await using var service = await StartAsync("exec <&-; echo out; echo err >&2");
        await service.Http.RunAsync("run", Some.EasyBytes(1 << 17));
        var before = Pipes();

        for (var run = 0; run < Runs; run++)
            await service.Http.RunAsync("run", Some.EasyBytes(1 << 17));

        Assert.InRange(Pipes() - before, -Runs, Runs / 2);

        static int Pipes() => Directory.GetFiles("/proc/self/fd").Count(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name is { } to
            && (to.StartsWith("pipe:", StringComparison.Ordinal) || to.StartsWith("socket:", StringComparison.Ordinal)));
    }

    [UnixFact]
    public async Task A_program_that_comes_after_its_file_is_found()
    {
        await using var service = await FileService.StartAsync(
            ("run.yaml", "name: run\nstrategy: shadow\nconfigs: [{}]\ntarget: {exec: {command: [./later.sh]}}"));
        Assert.Contains("There is no program './later.sh'", Assert.Single(service.Registry.Errors).Reason, StringComparison.Ordinal);

        await service.WriteAsync("later.sh", "#!/bin/sh\necho 1\n");
        await service.UntilAsync(registry => registry.All.Count == 1);

        Assert.Empty(service.Registry.Errors);
    }

    [UnixFact]
    public async Task A_program_that_may_not_be_run_is_a_failure()
    {
        await using var service = await StartAsync("exit");
        File.SetUnixFileMode(service.Folder["run.sh"], UnixFileMode.UserRead);

        Assert.StartsWith("run.sh could not be started: ", await FailureAsync(service), StringComparison.Ordinal);
    }

    private static async Task<FileService> StartAsync(string script, string exec = "command: [./run.sh]", string settings = "")
    {
        var service = await FileService.StartAsync(("run.sh", $"#!/bin/sh\n{script}\n"));
        File.SetUnixFileMode(service.Folder["run.sh"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await service.WriteAsync("run.yaml", $"name: run\nstrategy: shadow\nconfigs: [{{maxSteps: 3, deep: {{a: 1}}}}]\nsettings: {{{settings}}}\ntarget:\n  exec:\n    {exec}\n");
        await service.UntilAsync(registry => registry.All.Count + registry.Errors.Count > 0);
        return service;
    }

    private static async Task<string> FailureAsync(FileService service)
    {
        using var response = await service.Http.PostRunAsync("run", Encoding.UTF8.GetBytes("x"));
        return (await response.ProblemAsync(HttpStatusCode.InternalServerError)).GetProperty("error").Text("message");
    }

    private static async Task GoneAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync().WaitAsync(Bound);
        }
        catch (ArgumentException)
        {
            // it is gone already
        }
    }
}
