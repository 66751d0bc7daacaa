using System.Globalization;
using System.Text.RegularExpressions;
using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>
/// A filter as conditions on <c>branches b</c>: those that an index leads along, and the rest. An index is named by what is not behind a plus,
/// which keeps both databases from another.
/// </summary>
internal sealed partial class BranchConditions
{
    private readonly List<object?> _values = [];
    private readonly List<string> _leading = [];
    private readonly List<string> _bounds = [];
    private readonly List<string> _rest = [];
    private readonly SqlSession _session;

    private BranchConditions(SqlSession session) => _session = session;

    /// <summary>What the parameters stand for.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>Conditions that an index leads along.</summary>
    public string Leading => And([.. _leading, .. _bounds]);

    /// <summary>All conditions.</summary>
    public string All => And([.. _leading, .. _bounds, .. _rest]);

    /// <summary>The same for another branch of the same run, <c>x</c>; the index is that of the run.</summary>
    public string AllOfSibling => Alias().Replace(And([.. _leading.Select(Behind), .. _bounds, .. _rest]), "x.");

    /// <summary>Whether an index leads to the rows, which lie apart then.</summary>
    public bool IsLed => _leading.Count > 0;

    /// <summary>Whether there is more to look at than what the index says.</summary>
    public bool HasRest => _rest.Count > 0;

    /// <returns>The conditions; null where nothing can fulfil them.</returns>
    public static async Task<BranchConditions?> OfAsync(BranchFilter filter, SqlSession session, CancellationToken cancellationToken)
    {
        var conditions = new BranchConditions(session);
        if (filter.RunId is { } run)
            conditions.Lead($"b.run_id = {conditions.Add(session.Id(run))}");
        if (filter.ErrorType is { } errorType)
        {
            if (await NumberOfAsync(errorType, session, cancellationToken) is not { } number)
                return null;
            conditions.Lead($"b.error_type = {conditions.Add(number)}");
        }

        if (filter.Status is { } status)
            conditions.Lead(string.Create(CultureInfo.InvariantCulture, $"b.status = {(int)status}"), status == BranchStatus.Success ? null : "b.status <> 1");
        if (filter.Verdict is { } verdict)
            conditions.Lead(string.Create(CultureInfo.InvariantCulture, $"b.verdict = {(int)verdict}"), verdict == ComparisonVerdict.Match ? null : "b.verdict > 0");
        if (!await conditions.AddNamesAsync(filter, cancellationToken))
            return null;

        conditions.AddRest(filter);
        return conditions;
    }

    /// <summary>A parameter for a value.</summary>
    public string Add(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{_values.Count - 1}");
    }

    public static Task<long?> NumberOfAsync(string name, SqlSession session, CancellationToken cancellationToken) =>
        session.NumberAsync("SELECT id FROM names WHERE name = @p0", cancellationToken, StoredText.Name(name));

    private async Task<bool> AddNamesAsync(BranchFilter filter, CancellationToken cancellationToken)
    {
        long? experiment = null;
        if (filter.Experiment is { } name)
        {
            experiment = await NumberOfAsync(name, _session, cancellationToken);
            if (experiment is null)
                return false;
            Lead($"b.experiment = {Add(experiment)}");
        }

        if (filter.ConfigId is not { } configId)
            return true;

        var configs = await _session.QueryAsync(
            experiment is null ? "SELECT id, experiment FROM configs WHERE config_id = @p0" : "SELECT id, experiment FROM configs WHERE config_id = @p0 AND experiment = @p1",
            reader => (Id: reader.GetInt32(0), Experiment: reader.GetInt32(1)), cancellationToken,
            experiment is null ? [StoredText.Name(configId)] : [StoredText.Name(configId), experiment]);
        if (configs.Count == 0)
            return false;

        // most ids belong to one experiment, whose index says more than none
        if (experiment is null && configs.Select(config => config.Experiment).Distinct().Count() == 1)
            Lead($"b.experiment = {Add(configs[0].Experiment)}");
        _rest.Add($"+b.config IN ({string.Join(", ", configs.Select(config => config.Id))})");
        return true;
    }

    private void AddRest(BranchFilter filter)
    {
        if (filter.Role is { } role)
            _rest.Add($"+b.role = {Add((int)role)}");
        if (filter.From is { } from)
        {
            _bounds.Add($"b.id >= {Add(_session.Id(StoredTime.LowestId(from)))}");
            _rest.Add($"+b.started_at >= {Add(StoredTime.Of(from))}");
        }

        if (filter.To is { } to)
        {
            _bounds.Add($"b.id < {Add(_session.Id(StoredTime.LowestId(to.AddMilliseconds(to < DateTimeOffset.MaxValue.AddDays(-1) ? 1 : 0))))}");
            _rest.Add($"+b.started_at < {Add(StoredTime.Of(to))}");
        }

        foreach (var metric in filter.Metrics)
        {
            var bounds = new List<string> { "{value} IS NOT NULL" };
            if (metric.Min is { } min)
                bounds.Add($"{{value}} >= {Add(min)}");
            if (metric.Max is { } max)
                bounds.Add($"{{value}} <= {Add(max)}");
            _rest.Add(_session.Metric(Add(StoredText.Of(metric.Name)), string.Join(" AND ", bounds)));
        }
    }

    // the first that can lead does; null for a condition that no index knows
    private void Lead(string condition, string? indexed = "")
    {
        if (indexed is null || _leading.Count > 0)
            _rest.Add($"+{condition}");
        else
            _leading.AddRange(indexed.Length == 0 ? [condition] : [condition, indexed]);
    }

    // ids are no numbers, which a plus is for
    private static string Behind(string condition) => condition.StartsWith("b.run_id", StringComparison.Ordinal) ? condition : $"+{condition}";

    private static string And(IReadOnlyCollection<string> conditions) => conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", conditions);

    [GeneratedRegex(@"\bb\.")]
    private static partial Regex Alias();
}
