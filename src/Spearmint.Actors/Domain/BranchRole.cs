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
}
