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

    public int NameOf(string name) => _names[StoredText.Name(name)];

    public int ConfigOf(string experiment, string configId) => _configs[(StoredText.Name(experiment), StoredText.Name(configId))].Number;

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

        // looked for first: an insert that does nothing uses up a number all the same
        await FindNamesAsync(unknown, cancellationToken);
        unknown.ExceptWith(_names.Keys);
        await session.ExecuteManyAsync("INSERT INTO names (name) VALUES (@p0)", Rows(unknown), cancellationToken);
        await FindNamesAsync(unknown, cancellationToken);

        void Want(string name)
        {
            name = StoredText.Name(name);
            if (!_names.ContainsKey(name))
                unknown.Add(name);
        }
    }

    private static object?[][] Rows(IEnumerable<string> names) => [.. names.Select(name => new object?[] { name })];

    private async Task FindNamesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = await session.QueryManyAsync(
            "SELECT id, name FROM names WHERE name = @p0", Rows(names), reader => (Number: reader.GetInt32(0), Name: reader.GetString(1)), cancellationToken);
        foreach (var (number, name) in found)
            _names[name] = number;
    }

    private async Task LearnConfigsAsync(IReadOnlyCollection<BranchRow> rows, CancellationToken cancellationToken)
    {
        var unknown = new Dictionary<(string Experiment, string ConfigId), byte[]>();
        foreach (var row in rows)
        {
            var key = KeyOf(row.Any.Experiment, row.Any.ConfigId);
            var values = JsonMarshal.GetRawUtf8Value(row.Any.ConfigValues);
            if (!_configs.TryGetValue(key, out var known) || !values.SequenceEqual(known.Values))
                unknown[key] = values.ToArray();
        }

        await LearnAsync(unknown, isLatest: true, cancellationToken);

        // the config that another is measured by has come with a branch of its own, unless that was lost
        var references = rows.Where(row => row.Compared is not null)
            .Select(row => KeyOf(row.Any.Experiment, row.Compared!.Comparison.ReferenceConfigId))
            .Where(key => !_configs.ContainsKey(key))
            .Distinct()
            .ToDictionary(key => key, _ => "{}"u8.ToArray());
        await LearnAsync(references, isLatest: false, cancellationToken);
    }

    private static (string Experiment, string ConfigId) KeyOf(string experiment, string configId) => (StoredText.Name(experiment), StoredText.Name(configId));

    private async Task LearnAsync(Dictionary<(string Experiment, string ConfigId), byte[]> unknown, bool isLatest, CancellationToken cancellationToken)
    {
        if (unknown.Count == 0)
            return;

        await FindConfigsAsync(unknown.Keys, cancellationToken);
        var missing = unknown.Where(config => !_configs.ContainsKey(config.Key)).ToList();
        await session.ExecuteManyAsync(
            "INSERT INTO configs (experiment, config_id, config_values) VALUES (@p0, @p1, @p2)",
            [.. missing.Select(config => new object?[] { _names[config.Key.Experiment], config.Key.ConfigId, Encoding.UTF8.GetString(config.Value) })],
            cancellationToken);
        await FindConfigsAsync(missing.Select(config => config.Key), cancellationToken);
        if (!isLatest)
            return;

        var changed = unknown.Where(config => !config.Value.SequenceEqual(_configs[config.Key].Values)).ToList();
        await session.ExecuteManyAsync(
            "UPDATE configs SET config_values = @p1 WHERE id = @p0",
            [.. changed.Select(config => new object?[] { _configs[config.Key].Number, Encoding.UTF8.GetString(config.Value) })], cancellationToken);
        foreach (var (key, values) in changed)
            _configs[key] = _configs[key] with { Values = values };
    }

    private async Task FindConfigsAsync(IEnumerable<(string Experiment, string ConfigId)> keys, CancellationToken cancellationToken)
    {
        var found = await session.QueryManyAsync(
            "SELECT c.id, e.name, c.config_id, c.config_values FROM configs c JOIN names e ON e.id = c.experiment WHERE c.experiment = @p0 AND c.config_id = @p1",
            [.. keys.Select(key => new object?[] { _names[key.Experiment], key.ConfigId })],
            reader => (Number: reader.GetInt32(0), Key: (reader.GetString(1), reader.GetString(2)), Values: Encoding.UTF8.GetBytes(reader.GetString(3))),
            cancellationToken);
        foreach (var config in found)
            _configs[config.Key] = new KnownConfig(config.Number, config.Values);
    }

    private readonly record struct KnownConfig(int Number, byte[] Values);
}
