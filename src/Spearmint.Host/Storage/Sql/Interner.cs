using System.Runtime.InteropServices;
using System.Text;
using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Gives names and configs their numbers, those that are new too. For one writer.</summary>
internal sealed class Interner(SqlSession session)
{
    // runs may bring configs of their own: what is forgotten is looked up again
    private const int Kept = 10_000;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Experiment, string ConfigId), KnownConfig> _configs = [];

    public int NameOf(string name) => _names[name];

    public int ConfigOf(string experiment, string configId) => _configs[(experiment, configId)].Number;

    /// <summary>What a rolled back transaction has taken back is no more known.</summary>
    public void Forget()
    {
        _names.Clear();
        _configs.Clear();
    }

    /// <summary>Makes sure that all that the rows name has a number.</summary>
    public async Task LearnAsync(IReadOnlyCollection<BranchRow> rows, CancellationToken cancellationToken)
    {
        if (_names.Count > Kept || _configs.Count > Kept)
            Forget();

        await LearnNamesAsync(rows, cancellationToken);
        await LearnConfigsAsync(rows, cancellationToken);
    }

    private async Task LearnNamesAsync(IReadOnlyCollection<BranchRow> rows, CancellationToken cancellationToken)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            Want(row.Any.Experiment);
            Want(row.Any.Strategy);
            if (row.Finished?.SkipReason is { } reason)
                Want(reason);
            if (row.Finished is { Status: BranchStatus.Failed or BranchStatus.TimedOut } or { Error: not null })
                Want(row.Finished.Error?.Type ?? "");
        }

        if (unknown.Count == 0)
            return;

        object?[][] names = [.. unknown.Select(name => new object?[] { StoredText.Of(name) })];
        await session.ExecuteManyAsync("INSERT INTO names (name) VALUES (@p0) ON CONFLICT DO NOTHING", names, cancellationToken);
        var numbers = await session.QueryManyAsync("SELECT id FROM names WHERE name = @p0", names, reader => reader.GetInt32(0), cancellationToken);
        foreach (var (name, number) in unknown.Zip(numbers))
            _names[name] = number;

        void Want(string name)
        {
            if (!_names.ContainsKey(name))
                unknown.Add(name);
        }
    }

    private async Task LearnConfigsAsync(IReadOnlyCollection<BranchRow> rows, CancellationToken cancellationToken)
    {
        var unknown = new Dictionary<(string Experiment, string ConfigId), byte[]>();
        foreach (var row in rows)
        {
            var key = (row.Any.Experiment, row.Any.ConfigId);
            var values = JsonMarshal.GetRawUtf8Value(row.Any.ConfigValues);
            if (!_configs.TryGetValue(key, out var known) || !values.SequenceEqual(known.Values))
                unknown[key] = values.ToArray();
        }

        await LearnAsync(
            unknown,
            """
            INSERT INTO configs (experiment, config_id, config_values) VALUES (@p0, @p1, @p2)
            ON CONFLICT (experiment, config_id) DO UPDATE SET config_values = excluded.config_values
            """,
            cancellationToken);

        // the config that another is measured by has come with a branch of its own, unless that was lost
        var references = rows.Where(row => row.Compared is not null)
            .Select(row => (row.Any.Experiment, row.Compared!.Comparison.ReferenceConfigId))
            .Where(key => !_configs.ContainsKey(key))
            .Distinct()
            .ToDictionary(key => key, _ => "{}"u8.ToArray());
        await LearnAsync(
            references, "INSERT INTO configs (experiment, config_id, config_values) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING", cancellationToken);
    }

    private async Task LearnAsync(Dictionary<(string Experiment, string ConfigId), byte[]> unknown, string sql, CancellationToken cancellationToken)
    {
        if (unknown.Count == 0)
            return;

        object?[][] configs = [.. unknown.Select(config => new object?[]
        {
            NameOf(config.Key.Experiment), StoredText.Of(config.Key.ConfigId), Encoding.UTF8.GetString(config.Value),
        })];
        await session.ExecuteManyAsync(sql, configs, cancellationToken);
        var numbers = await session.QueryManyAsync(
            "SELECT id FROM configs WHERE experiment = @p0 AND config_id = @p1", [.. configs.Select(config => config[..2])], reader => reader.GetInt32(0),
            cancellationToken);
        foreach (var (config, number) in unknown.Zip(numbers))
            _configs[config.Key] = new KnownConfig(number, config.Value);
    }

    private readonly record struct KnownConfig(int Number, byte[] Values);
}
