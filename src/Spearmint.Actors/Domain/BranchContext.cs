namespace Spearmint.Domain;

/// <summary>What a function is given: its config, the input of the run, and which branch it is.</summary>
public sealed class BranchContext
{
    private readonly BranchIdentity _identity;

    internal BranchContext(BranchIdentity identity, object? input, CancellationToken cancellationToken)
    {
        _identity = identity;
        Input = input;
        CancellationToken = cancellationToken;
    }

    /// <summary>The config of this branch.</summary>
    public Config Config => _identity.Config;

    /// <summary>The input of the run: the very object that the caller passed, the same for every branch.</summary>
    public object? Input { get; }

    /// <summary>The run that the branch belongs to.</summary>
    public Guid RunId => _identity.RunId;

    /// <summary>The id of this branch.</summary>
    public Guid BranchId => _identity.BranchId;

    /// <summary>The name of the experiment.</summary>
    public string Experiment => _identity.Experiment;

    /// <summary>Primary, shadow or candidate.</summary>
    public BranchRole Role => _identity.Role;

    /// <summary>The caller's token in an awaited branch. A shadow outlives the request and does not see it.</summary>
    public CancellationToken CancellationToken { get; }
}
