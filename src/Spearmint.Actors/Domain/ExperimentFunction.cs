namespace Spearmint.Domain;

/// <summary>The function under test, in the one shape that the workers run. Make it once and keep it: it holds no state of a run.</summary>
public abstract class ExperimentFunction
{
    private protected ExperimentFunction()
    {
    }

    /// <summary>A function that reads everything from its context.</summary>
    public static ExperimentFunction From<TOutput>(Func<BranchContext, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionOf<TOutput>(function);
    }

    /// <summary>A function of the input, the config and the token.</summary>
    public static ExperimentFunction From(Func<object?, Config, CancellationToken, Task<object?>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return From(context => function(context.Input, context.Config, context.CancellationToken));
    }

    /// <summary>A function of a typed input that reads everything else from its context.</summary>
    public static ExperimentFunction From<TInput, TOutput>(Func<TInput, BranchContext, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return From(context => function((TInput)context.Input!, context));
    }

    /// <summary>A function of a typed input and the untyped config.</summary>
    public static ExperimentFunction From<TInput, TOutput>(Func<TInput, Config, CancellationToken, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return From(context => function((TInput)context.Input!, context.Config, context.CancellationToken));
    }

    /// <summary>A function of a typed input and a typed config, bound from the whole config.</summary>
    public static ExperimentFunction From<TInput, TConfig, TOutput>(Func<TInput, TConfig, CancellationToken, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return From(context => function((TInput)context.Input!, context.Config.Get<TConfig>()!, context.CancellationToken));
    }

    /// <summary>Calls the function once. What it throws becomes part of the outcome: this task never fails.</summary>
    internal abstract ValueTask<BranchOutcome> CallAsync(BranchContext context, TimeProvider clock);
}
