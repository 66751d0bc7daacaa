using System.Collections.Immutable;
using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>Compares two branches by the rules of an experiment.</summary>
internal sealed record BranchComparer<TInput, TOutput>
{
    public Func<TOutput, TOutput, CancellationToken, ValueTask<bool>> Same { get; init; } =
        static (reference, compared, _) => new(OutputEquality.Same(reference, compared, Tolerance.None));

    /// <summary>Whether outputs that are not the same differ where their JSON does: not so where the user's own comparer sees what it sees.</summary>
    public bool SeesWhatJsonShows { get; init; } = true;

    public Func<Exception, Exception, bool> SameErrors { get; init; } =
        static (reference, compared) => reference.GetType() == compared.GetType() && reference.Message == compared.Message;

    public Func<TOutput, object?>? Clean { get; init; }

    public Tolerance Tolerance { get; init; } = Tolerance.None;

    public ImmutableArray<IgnoreRule<TInput, TOutput>> Ignored { get; init; } = [];

    public ImmutableArray<IgnoredPath> IgnoredPaths { get; init; } = [];

    public IEnumerable<string> Names => Ignored.Select(rule => rule.Name).Concat(IgnoredPaths.Select(path => path.Name));

    public object? CleanOutput(object? output) => Clean is null ? output : Clean(Cast<TOutput>(output));

    public async ValueTask<Findings> CompareAsync(Branch reference, Branch compared, object? input, CancellationToken cancellationToken)
    {
        try
        {
            return await AreSameAsync(reference, compared, cancellationToken) ? Findings.Match : Judge(reference, compared, input);
        }
        catch (Exception e)
        {
            // all that decides here is the user's code: comparers, rules, and the members of outputs and exceptions
            return Findings.Failed(e);
        }
    }

    private ValueTask<bool> AreSameAsync(Branch reference, Branch compared, CancellationToken cancellationToken)
    {
        if (reference.Status != compared.Status)
            return new ValueTask<bool>(false);

        return reference.Status == BranchStatus.Success
            ? Same(Cast<TOutput>(reference.Output), Cast<TOutput>(compared.Output), cancellationToken)
            : new ValueTask<bool>(SameErrors(reference.Exception!, compared.Exception!));
    }

    private Findings Judge(Branch reference, Branch compared, object? input)
    {
        if (RuleThatIgnores(reference, compared, input) is { } name)
            return Findings.Ignored(name);

        var (shown, judged) = Differences(reference, compared);
        return judged is { Count: 0, IgnoredBy.Count: > 0 } && (SeesWhatJsonShows || reference.Status != BranchStatus.Success)
            ? Findings.Ignored(string.Join(',', IgnoredPaths.Select(path => path.Name).Where(judged.IgnoredBy.Contains)))
            : Findings.Mismatch(shown);
    }

    private string? RuleThatIgnores(Branch reference, Branch compared, object? input)
    {
        if (Ignored.IsEmpty)
            return null;

        var (typedInput, typedReference, typedCompared) = (Cast<TInput>(input), new Branch<TOutput>(reference), new Branch<TOutput>(compared));
        return Ignored.FirstOrDefault(rule => rule.Ignores(typedInput, typedReference, typedCompared))?.Name;
    }

    private (FoundDifferences? Shown, FoundDifferences? Judged) Differences(Branch reference, Branch compared)
    {
        var secrets = Redaction.SecretsOf([reference.Config, compared.Config]);
        if (reference.Status != BranchStatus.Success || compared.Status != BranchStatus.Success)
        {
            var outcomes = OutcomeDifference.Between(reference, compared, IgnoredPaths, secrets);
            return (outcomes, outcomes);
        }

        var shown = Between(CleanOutput(reference.Output), CleanOutput(compared.Output), secrets);

        // what Clean takes away may be the real difference beside an ignored one, so whole outputs decide
        var judged = Clean is null || IgnoredPaths.IsEmpty ? shown : Between(reference.Output, compared.Output, secrets);
        return (shown, judged);
    }

    private FoundDifferences? Between(object? reference, object? compared, IReadOnlyList<string> secrets) =>
        OutputJson.Read(reference) is { } a && OutputJson.Read(compared) is { } b ? JsonDifference.Between(a, b, Tolerance, IgnoredPaths, secrets) : null;

    private static T Cast<T>(object? value) => value is null ? default! : (T)value;
}
