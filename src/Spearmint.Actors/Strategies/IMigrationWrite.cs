namespace Spearmint.Strategies;

/// <summary>An input that <see cref="Strategy.Migration"/> takes for a write; every other input is a read.</summary>
public interface IMigrationWrite;
