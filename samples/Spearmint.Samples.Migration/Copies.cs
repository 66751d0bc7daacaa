using Spearmint.Client;

namespace Spearmint.Samples;

/// <summary>Copies rows from one store to the other between the writes of the row, so that nothing older lands on something newer; compares them so too.</summary>
internal sealed class Copies(Migration<long, Customer?, Save> migration, OldStore oldStore, NewStore newStore)
{
    /// <summary>Copies every row of the old store. A row that comes later is written to both.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CopyAllAsync()
    {
        var ids = oldStore.Ids();
        foreach (var id in ids)
            await CopyAsync(id, fromOld: true);
        return ids.Count;
    }

    /// <summary>Copies one row, or that there is none.</summary>
    public Task CopyAsync(long id, bool fromOld) => migration.BetweenWritesAsync(Save.KeyOf(id), async () =>
    {
        IMigrationStore<long, Customer?, Save> from = fromOld ? oldStore : newStore;
        IMigrationStore<long, Customer?, Save> to = fromOld ? newStore : oldStore;
        await to.WriteAsync(new Save(id, await from.ReadAsync(id, CancellationToken.None)), CancellationToken.None);
        return id;
    });

    /// <summary>Whether a row is the same in both stores.</summary>
    public Task<bool> AreSameAsync(long id) => migration.BetweenWritesAsync(
        Save.KeyOf(id), async () => await oldStore.ReadAsync(id, CancellationToken.None) == await newStore.ReadAsync(id, CancellationToken.None));
}
