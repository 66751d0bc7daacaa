namespace Spearmint.Strategies;

/// <summary>A strategy that leaves the plan to one of others, chosen by a hash of the run id.</summary>
internal interface IChoosingStrategy : IStrategy
{
    /// <summary>The salt of the hash.</summary>
    ulong Salt { get; }
}
