using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Client;

/// <summary>What the typed options of an experiment say about a run, and what becomes of what they throw.</summary>
public sealed class RunHooksTests
{
    private readonly Protocol.Surroundings _surroundings = Some.Surroundings();
    private readonly IOException _thrown = new("disk");
    private readonly List<(string, Exception)> _reported = [];

    [Fact]
    public void Options_without_types_have_no_hooks() =>
        Assert.Null(RunHooks<string, string>.Of("rank", ConfigSet.Empty, ExperimentOptions.Default, _surroundings));

    [Fact]
    public void Each_hook_gets_the_input()
    {
        var inputs = new List<string>();
        var hooks = Hooks(new ExperimentOptions<string, string>
        {
            KeyOf = input => $"key of {input}",
            RunIf = input => input == "taking part",
            Context = input => new Dictionary<string, string> { ["input"] = input },
            BeforeRun = inputs.Add,
        });

        hooks.BeforeRun("a");

        Assert.Equal("key of a", hooks.KeyOf("a"));
        Assert.False(hooks.MayTakePart("a"));
        Assert.True(hooks.MayTakePart("taking part"));
        Assert.Equal(["a"], hooks.ContextOf("a")!.Values);
        Assert.Equal(["a"], inputs);
    }

    [Fact]
    public void Hooks_that_are_not_there_say_nothing()
    {
        var hooks = Hooks(new ExperimentOptions<string, string>());

        hooks.BeforeRun("");
        Assert.Equal((null, true, null), (hooks.KeyOf(""), hooks.MayTakePart(""), hooks.ContextOf("")));
        Assert.Null(hooks.AfterBranch);
    }

    [Fact]
    public void A_hook_that_throws_counts_as_said_by_each_and_its_exception_reaches_the_handler_as_it_is()
    {
        var hooks = Hooks(new ExperimentOptions<string, string>
        {
            KeyOf = _ => throw _thrown,
            RunIf = _ => throw _thrown,
            Context = _ => throw _thrown,
            BeforeRun = _ => throw _thrown,
            OnHookError = (hook, exception) => _reported.Add((hook, exception)),
        });

        Assert.Equal((null, false, null), (hooks.KeyOf(""), hooks.MayTakePart(""), hooks.ContextOf("")));
        hooks.BeforeRun("");

        Assert.Equal([HookNames.Key, HookNames.RunIf, HookNames.Context, HookNames.BeforeRun], _reported.Select(report => report.Item1));
        Assert.All(_reported, report => Assert.Same(_thrown, report.Item2));
        Assert.Equal(_reported.Select(report => report.Item1), Logged().Select(failed => failed.Hook));
    }

    [Fact]
    public void A_context_that_throws_while_it_is_read_is_nothing()
    {
        var hooks = Hooks(new ExperimentOptions<string, string> { Context = _ => new Unreadable(_thrown) });

        Assert.Null(hooks.ContextOf(""));
        Assert.Equal("disk", Assert.Single(Logged()).Error.Message);
    }

    [Fact]
    public void What_the_handler_throws_is_in_the_log_alone()
    {
        var hooks = Hooks(new ExperimentOptions<string, string>
        {
            BeforeRun = _ => throw _thrown,
            OnHookError = (_, _) => throw new InvalidOperationException("the handler"),
        });

        hooks.BeforeRun("");

        Assert.Equal([(HookNames.BeforeRun, "disk"), (HookNames.OnHookError, "the handler")], Logged().Select(failed => (failed.Hook, failed.Error.Message)));
    }

    [Fact]
    public void The_secrets_of_the_configs_are_in_no_event_and_no_context()
    {
        var configs = new ConfigSet([Config.From(new { apiKey = "hush-hush" }, "a")]);
        var hooks = Hooks(new ExperimentOptions<string, string>
        {
            BeforeRun = _ => throw new IOException("with hush-hush"),
            Context = _ => new Dictionary<string, string> { ["url"] = "?hush-hush" },
        }, configs);

        hooks.BeforeRun("");

        Assert.Equal("with ***", Assert.Single(Logged()).Error.Message);
        Assert.Equal("?***", hooks.ContextOf("")!["url"]);
    }

    [Fact]
    public void Options_for_other_types_are_refused_and_both_pairs_named()
    {
        var refused = Assert.Throws<ArgumentException>(() => RunHooks<byte[], int>.Of("rank", ConfigSet.Empty, new ExperimentOptions<string, Uri>(), _surroundings));

        Assert.All(["rank", "System.Byte[]", "System.Int32", "System.String", "System.Uri"], name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hook_that_nobody_would_await_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Hooks(new ExperimentOptions<string, string> { BeforeRun = async _ => await Task.Yield() }));
        Assert.Throws<ArgumentException>(() => Hooks(new ExperimentOptions<string, string> { AfterBranch = async _ => await Task.Yield() }));
    }

    private RunHooks<string, string> Hooks(ExperimentOptions<string, string> options, ConfigSet? configs = null) =>
        RunHooks<string, string>.Of("rank", configs ?? ConfigSet.Empty, options, _surroundings)!;

    private IEnumerable<HookFailed> Logged()
    {
        while (_surroundings.Log.TryTake(out var item))
            yield return (HookFailed)item!;
    }

    private sealed class Unreadable(Exception cause) : Dictionary<string, string>, IReadOnlyDictionary<string, string>, IEnumerable<KeyValuePair<string, string>>
    {
        IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => throw cause;
    }
}
