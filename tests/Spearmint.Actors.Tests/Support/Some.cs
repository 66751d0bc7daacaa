using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>Things that a test needs and does not care about.</summary>
internal static class Some
{
    public static Config Config(string id) => Domain.Config.From(new { name = id }, id);

    public static ConfigSet Configs(params string[] ids) => new(ids.Select(Config));

    public static ConfigSet Configs(int count) => new(Enumerable.Range(0, count).Select(number => Config($"c{number}")));

    public static Branch Branch(Config? config = null, BranchRole role = BranchRole.Primary) =>
        Domain.Branch.Start(Guid.NewGuid(), "experiment", "strategy", config ?? Config("a"), role, DateTimeOffset.UnixEpoch);

    public static BranchFinished Finished(Config? config = null) =>
        new(Branch(config).Succeed("output", TimeSpan.FromMilliseconds(1)));

    public static Task<object?> ConfigId(object? input, Config config, CancellationToken cancellationToken) => Task.FromResult<object?>(config.Id);
}
