namespace Spearmint.Protocol;

/// <summary>When a shadow has to end.</summary>
internal sealed class ShadowDeadline(RunBranch shadow) : Expiring
{
    public RunBranch Shadow { get; } = shadow;
}
