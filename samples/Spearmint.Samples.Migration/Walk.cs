using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Samples;

/// <summary>Takes the migration through its stages while the load goes on.</summary>
internal sealed class Walk(Migration<long, Customer?, Save> migration, Copies copies, Progress progress, Load load, Ledger ledger, TextWriter output)
{
    /// <summary>Goes as far as it can.</summary>
    /// <returns>Whether the migration is complete.</returns>
    public async Task<bool> RunAsync(int comparisons)
    {
        await MoveAsync(MigrationStage.DualWrite);
        await output.WriteLineAsync($"  copied {await copies.CopyAllAsync()} rows");

        foreach (var stage in (MigrationStage[])[MigrationStage.Shadow, MigrationStage.Live])
        {
            var equal = progress.EqualReadsAsync(comparisons);
            await MoveAsync(stage);
            if (!await equal)
            {
                var back = progress.SteppedBack!;
                await output.WriteLineAsync($"stepped back from {back.From} to {back.To}: {back.Mismatches} of the latest {back.Window} reads differ");
                return false;
            }

            await output.WriteLineAsync($"  reads compared so far: {progress}");
        }

        await MoveAsync(MigrationStage.RampDown);
        await SomeMoreAsync(comparisons);
        if (!await AreAllTheSameAsync())
            return false;

        await MoveAsync(MigrationStage.Complete);
        await SomeMoreAsync(comparisons);
        return true;
    }

    // what was not read was not compared
    private async Task<bool> AreAllTheSameAsync()
    {
        var different = 0;
        var ids = ledger.Ids.ToList();
        foreach (var id in ids)
        {
            if (!await copies.AreSameAsync(id))
                different++;
        }

        await output.WriteLineAsync($"  {different} of all {ids.Count} rows differ");
        return different == 0;
    }

    private async Task MoveAsync(MigrationStage stage)
    {
        await migration.MoveToAsync(stage);
        await output.WriteLineAsync($"{stage}");
    }

    private async Task SomeMoreAsync(int reads)
    {
        for (var enough = load.Reads + reads; load.Reads < enough;)
            await Task.Delay(TimeSpan.FromMilliseconds(10));
    }
}
