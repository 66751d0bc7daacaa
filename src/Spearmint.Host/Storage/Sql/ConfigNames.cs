namespace Spearmint.Host.Storage.Sql;

/// <summary>The configs that figures are wanted of, by their numbers.</summary>
internal sealed class ConfigNames
{
    private readonly Dictionary<int, (string Experiment, string ConfigId)> _all = [];

    public IReadOnlyCollection<int> Numbers => _all.Keys;

    public (string Experiment, string ConfigId) this[int number] => _all[number];

    public static async Task<ConfigNames> ReadAsync(string? experiment, SqlSession session, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT c.id, e.name, c.config_id FROM configs c JOIN names e ON e.id = c.experiment";
        var names = new ConfigNames();
        await session.QueryAsync(
            experiment is null ? Sql : $"{Sql} WHERE e.name = @p0",
            reader => names._all[reader.GetInt32(0)] = (reader.GetString(1), reader.GetString(2)),
            cancellationToken,
            experiment is null ? [] : [StoredText.Name(experiment)]);
        return names;
    }

    /// <summary>The numbers of one config; of all for null.</summary>
    public IEnumerable<int> Of(string? configId) => configId is null ? Numbers : Numbers.Where(number => _all[number].ConfigId == StoredText.Name(configId));
}
