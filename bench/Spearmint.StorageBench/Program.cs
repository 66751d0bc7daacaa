using Spearmint.StorageBench;
using Spearmint.StorageBench.Killing;
using Spearmint.StorageBench.Rates;

return args switch
{
    ["child", var database, var ledger] => await Child.RunAsync(database, ledger),
    ["fill", var database, ..] => await Measurements.FillAsync(database, StorageOptionsOf.Number(args, "--branches", 2_000_000)),
    ["kill", ..] => await Kills.RunAsync(StorageOptionsOf.Number(args, "--times", 100)),
    _ => await Measurements.RunAsync(args.Contains("--quick"), StorageOptionsOf.Text(args, "--postgres"), StorageOptionsOf.Text(args, "--only")),
};
