namespace Spearmint.Domain;

/// <summary>What a branch is to the run that it belongs to.</summary>
public enum BranchRole
{
    /// <summary>Its output, or its exception, is the answer of the run.</summary>
    Primary,

    /// <summary>Runs beside the primary; nobody waits for it.</summary>
    Shadow,

    /// <summary>One of several awaited branches that are the answer together.</summary>
    Candidate,

    /// <summary>A shadow with the primary's own config: what differs between the two differs by chance.</summary>
    Noise,
}

/// <summary>What the roles of branches have in common.</summary>
public static class BranchRoles
{
    /// <summary>Whether somebody waits for a branch of this role: for all but shadows and noise.</summary>
    /// <param name="role">The role.</param>
    public static bool IsAwaited(this BranchRole role) => role is BranchRole.Primary or BranchRole.Candidate;
}
