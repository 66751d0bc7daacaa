using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What holds for every run of an experiment with an input and an output of these types.</summary>
/// <typeparam name="TInput">The type of the experiment's input.</typeparam>
/// <typeparam name="TOutput">The type of the experiment's output.</typeparam>
/// <remarks>
/// All functions here but <see cref="AfterBranch"/> are called on the caller's thread before the run is handed over. What one of them throws
/// goes to <see cref="ExperimentOptions.OnHookError"/> and into the log, never to the caller, and the run goes on as each one says.
/// </remarks>
public sealed record ExperimentOptions<TInput, TOutput> : ExperimentOptions
{
    /// <summary>Whether a run may take part, by its input. A run that may not, or for which this throws, runs the baseline alone. Null for all.</summary>
    public Func<TInput, bool>? RunIf { get; init; }

    /// <summary>Whom a run is for, by its input, such as a user id; a run for which this throws is for nobody in particular.</summary>
    public Func<TInput, string?>? KeyOf { get; init; }

    /// <summary>
    /// What is recorded with every branch of a run, by its input: names of at most 100 and values of at most 1024 characters, at most 32 of
    /// them. What is more is cut, and values whose names look like secrets are blotted out. Nothing is recorded where this throws.
    /// </summary>
    public Func<TInput, IReadOnlyDictionary<string, string>?>? Context { get; init; }

    /// <summary>Called before each run with its input, after all others here. Not an asynchronous function: nobody would wait for it.</summary>
    public Action<TInput>? BeforeRun { get; init; }

    /// <summary>
    /// Called after each branch has ended, skipped ones too, off the caller's path, one call after the other and in the order in which the
    /// branches ended. It may block, while up to 1024 branches wait for it; more pass it by and are counted in
    /// <see cref="Experiment{TInput, TOutput}.MissedHooks"/>. Not an asynchronous function: nobody would wait for it.
    /// </summary>
    public Action<Branch<TOutput>>? AfterBranch { get; init; }
}
