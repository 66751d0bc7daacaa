using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>What a migration does at each stage with an old and a new store.</summary>
internal sealed class MigrationPlans
{
    private readonly RunPlan _old;
    private readonly RunPlan _new;
    private readonly RunPlan _oldThenNew;
    private readonly RunPlan _newThenOld;
    private readonly RunPlan _oldBesideNew;
    private readonly RunPlan _newBesideOld;

    public MigrationPlans(ConfigSet stores)
    {
        if (stores.Count != 2)
            throw new ArgumentException($"A migration has two configs, the old store and then the new one; there are {stores.Count}.");

        Stores = stores;
        _old = RunPlan.One(stores[0]);
        _new = RunPlan.One(stores[1]);
        _oldThenNew = RunPlan.InTurn(stores);
        _newThenOld = RunPlan.InTurn(new ConfigSet([stores[1], stores[0]]));
        _oldBesideNew = RunPlan.PrimaryWithShadows(stores, primary: 0);
        _newBesideOld = RunPlan.PrimaryWithShadows(stores, primary: 1);
    }

    public ConfigSet Stores { get; }

    public RunPlan Write(MigrationStage stage) => stage switch
    {
        MigrationStage.Off => _old,
        MigrationStage.DualWrite or MigrationStage.Shadow => _oldThenNew,
        MigrationStage.Live or MigrationStage.RampDown => _newThenOld,
        MigrationStage.Complete => _new,
        _ => throw Unknown(stage),
    };

    public RunPlan Read(MigrationStage stage) => stage switch
    {
        MigrationStage.Off or MigrationStage.DualWrite => _old,
        MigrationStage.Shadow => _oldBesideNew,
        MigrationStage.Live => _newBesideOld,
        MigrationStage.RampDown or MigrationStage.Complete => _new,
        _ => throw Unknown(stage),
    };

    private static ArgumentOutOfRangeException Unknown(MigrationStage stage) => new(nameof(stage), stage, "There is no such stage of a migration.");
}
