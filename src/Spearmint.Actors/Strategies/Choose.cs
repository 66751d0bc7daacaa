using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Finds the config that a strategy was told to use.</summary>
internal static class Choose
{
    public static int ById(ConfigSet configs, string? id, string what)
    {
        if (id is null)
            return 0;

        var index = configs.IndexOf(id);
        return index >= 0
            ? index
            : throw new ArgumentException($"The {what} config '{id}' is not among the configs: {string.Join(", ", configs.Select(config => config.Id))}.");
    }
}
