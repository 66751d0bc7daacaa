using System.Reflection;
using System.Runtime.CompilerServices;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>
/// Asks what the typed options of an experiment have to say about a run, on the thread of the caller. What they throw is reported, and the
/// run goes on without them.
/// </summary>
internal sealed class RunHooks<TInput, TOutput>
{
    private readonly ExperimentOptions<TInput, TOutput> _options;
    private readonly HookFailures _failures;
    private readonly IReadOnlyList<string> _secrets;

    private RunHooks(string experiment, ConfigSet configs, ExperimentOptions<TInput, TOutput> options, Surroundings surroundings)
    {
        RefuseAsync(experiment, options.BeforeRun, nameof(options.BeforeRun));
        RefuseAsync(experiment, options.AfterBranch, nameof(options.AfterBranch));
        RefuseAsync(experiment, options.OnHookError, nameof(options.OnHookError));
        _options = options;
        _failures = new HookFailures(experiment, options.OnHookError, surroundings);
        _secrets = Redaction.SecretsOf(configs);
        if (options.AfterBranch is not { } afterBranch)
            return;

        AfterBranch = new BranchHook<TOutput>(experiment, afterBranch, _failures, surroundings);
        surroundings.BranchHooks.Add(AfterBranch);
    }

    /// <summary>Gets the branches; null where nobody wants them.</summary>
    public BranchHook<TOutput>? AfterBranch { get; }

    /// <summary>The hooks of an experiment, or null where its options are not typed.</summary>
    /// <exception cref="ArgumentException">The options are made for other types, or a hook is asynchronous.</exception>
    public static RunHooks<TInput, TOutput>? Of(string experiment, ConfigSet configs, ExperimentOptions options, Surroundings surroundings)
    {
        if (options is ExperimentOptions<TInput, TOutput> typed)
            return new RunHooks<TInput, TOutput>(experiment, configs, typed, surroundings);
        if (options.GetType() is { IsGenericType: true } other && other.GetGenericTypeDefinition() == typeof(ExperimentOptions<,>))
            throw new ArgumentException(
                $"Experiment '{experiment}' takes {typeof(TInput)} and gives {typeof(TOutput)}; its options are for one that takes "
                + $"{other.GenericTypeArguments[0]} and gives {other.GenericTypeArguments[1]}.", nameof(options));

        return null;
    }

    /// <summary>Whom the run is for.</summary>
    public string? KeyOf(TInput input) => Ask(HookNames.Key, _options.KeyOf, input, whenNone: null, whenThrown: null);

    /// <summary>Whether the run may take part.</summary>
    public bool MayTakePart(TInput input) => Ask(HookNames.RunIf, _options.RunIf, input, whenNone: true, whenThrown: false);

    /// <summary>What is recorded with the run.</summary>
    public RunContext? ContextOf(TInput input)
    {
        return Ask<RunContext?>(HookNames.Context, _options.Context is null ? null : Context, input, whenNone: null, whenThrown: null);

        RunContext? Context(TInput of) => _options.Context!(of) is { } values ? RunContext.From(values, _secrets) : null;
    }

    /// <summary>The run is about to be handed over.</summary>
    public void BeforeRun(TInput input)
    {
        try
        {
            _options.BeforeRun?.Invoke(input);
        }
        catch (Exception e)
        {
            _failures.Report(HookNames.BeforeRun, e, _secrets);
        }
    }

    private T Ask<T>(string hook, Func<TInput, T>? function, TInput input, T whenNone, T whenThrown)
    {
        if (function is null)
            return whenNone;

        try
        {
            return function(input);
        }
        catch (Exception e)
        {
            // the hooks are the user's code, and the caller has asked for the function and not for them
            _failures.Report(hook, e, _secrets);
            return whenThrown;
        }
    }

    // nobody would wait for it, and what it threw after its first await would end the process
    private static void RefuseAsync(string experiment, Delegate? hook, string name)
    {
        if (hook?.GetInvocationList().Any(one => one.Method.IsDefined(typeof(AsyncStateMachineAttribute))) == true)
            throw new ArgumentException($"The hook {name} of experiment '{experiment}' is asynchronous, and nobody would wait for it; start what may take its time from a plain one.");
    }
}
