using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>A migration between two stores in memory.</summary>
public abstract class MigrationKit : ClockedKit
{
    internal KeyedStore Old { get; } = new("old");

    internal KeyedStore New { get; } = new("new");

    private protected Migration<string, string?, KeyValuePair<string, string>> Create(
        MigrationStage stage, MigrationGuard? guard = null, bool hasKeys = true, ComparisonRules<string, string?>? compare = null) =>
        Client.CreateMigration("customers", Old, New, new MigrationOptions<string, string?, KeyValuePair<string, string>>
        {
            KeyOfCommand = hasKeys ? command => command.Key : null,
            KeyOfQuery = query => query,
            Compare = compare ?? ComparisonRules.For<string, string?>(),
            Settings = new StrategySettings { MigrationStage = stage, MigrationGuard = guard },
        });

    private protected static KeyValuePair<string, string> Put(string key, string value) => new(key, value);
}
