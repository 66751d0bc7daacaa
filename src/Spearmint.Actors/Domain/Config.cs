using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>
/// One immutable set of named values that the function is run with. It is a snapshot: nothing that happens afterwards to the object it was
/// made from, or to what a function was given, can be seen in it.
/// </summary>
public sealed class Config
{
    private readonly IReadOnlyCollection<string> _secretPaths;
    private readonly Lazy<JsonElement> _redacted;
    private Bound? _lastBound;

    private Config(JsonElement values, string? id, IReadOnlyCollection<string> secretPaths)
    {
        if (id is not null && string.IsNullOrWhiteSpace(id))
            throw new ArgumentException("A config's id cannot be blank; leave it out to have one made from the values.", nameof(id));

        Values = values;
        Id = id ?? CanonicalJson.Id(values);
        _secretPaths = secretPaths;
        SecretValues = Redaction.SecretsIn(values, secretPaths);
        _redacted = new Lazy<JsonElement>(() => Redaction.Redact(values, secretPaths));
    }

    /// <summary>
    /// The explicit id, or else the first 16 lower-case hex digits of the SHA-256 of the canonical JSON of the values (RFC 8785: keys sorted
    /// at every depth), so that equal content has the same id in every process.
    /// </summary>
    public string Id { get; }

    /// <summary>The values, a JSON object.</summary>
    public JsonElement Values { get; }

    /// <summary>The values with every secret blotted out: what log events and records carry.</summary>
    public JsonElement RedactedValues => _redacted.Value;

    internal IReadOnlyList<string> SecretValues { get; }

    /// <summary>A config of the values of a typed object, an anonymous object or a dictionary.</summary>
    /// <param name="values">Anything that System.Text.Json writes as an object. Property names become camelCase; dictionary keys stay as they are.</param>
    /// <param name="id">An explicit id, or null for one made from the content.</param>
    /// <exception cref="ArgumentException">The values are no object, cannot be written as JSON, or contain a sweep.</exception>
    public static Config From(object values, string? id = null) => Single(ConfigJson.Snapshot(values), id);

    /// <summary>A config of a JSON object.</summary>
    /// <param name="json">The text of the object. Comments and trailing commas are allowed, duplicate keys are not.</param>
    /// <param name="id">An explicit id, or null for one made from the content.</param>
    /// <exception cref="ArgumentException">The text is not a JSON object, or contains a sweep.</exception>
    public static Config FromJson(string json, string? id = null) => Single(ConfigJson.Parse(json), id);

    /// <summary>
    /// The configs that values with <see cref="Sweep"/>s stand for: the cartesian product, the sweep that was declared first turning slowest.
    /// Values without a sweep give one config.
    /// </summary>
    /// <param name="values">As for <see cref="From"/>.</param>
    /// <exception cref="ArgumentException">A sweep is empty, two combinations are equal, or the values are not as <see cref="From"/> wants them.</exception>
    public static ConfigSet Expand(object values) => Product(ConfigJson.Snapshot(values));

    /// <summary>The configs that a JSON object with sweeps, written <c>{"$sweep": [...]}</c>, stands for.</summary>
    /// <param name="json">The text of the object.</param>
    /// <exception cref="ArgumentException">As for <see cref="Expand"/>.</exception>
    public static ConfigSet ExpandJson(string json) => Product(ConfigJson.Parse(json));

    /// <summary>
    /// The same config with more of its values marked secret, beside those whose key looks like one (key, token, secret, password,
    /// connection string). The id stays.
    /// </summary>
    /// <param name="paths">Dotted paths of values in this config.</param>
    /// <exception cref="KeyNotFoundException">A path is missing.</exception>
    public Config WithSecrets(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
            ConfigPath.Find(this, path);

        return new Config(Values, Id, [.. _secretPaths, .. paths]);
    }

    /// <summary>
    /// The values, or the part of them at a path, as a <typeparamref name="T"/>. What the values do not say keeps the default of
    /// <typeparamref name="T"/>. A mutable <typeparamref name="T"/> is made anew on every call; one that cannot change is made once.
    /// </summary>
    /// <typeparam name="T">Any type that System.Text.Json reads.</typeparam>
    /// <param name="path">A dotted path such as <c>retrieval.topK</c>, or null for the whole config.</param>
    /// <exception cref="KeyNotFoundException">The path is missing.</exception>
    /// <exception cref="ConfigBindingException">The values do not fit <typeparamref name="T"/>.</exception>
    public T? Get<T>(string? path = null)
    {
        // one slot is enough: a function binds the same type from the same place on every run
        var bound = _lastBound;
        if (bound is not null && bound.Type == typeof(T) && bound.Path == path)
            return (T?)bound.Value;

        var value = ConfigJson.Bind<T>(path is null ? Values : ConfigPath.Find(this, path), this, path);
        if (Immutability.Of(typeof(T)))
            _lastBound = new Bound(typeof(T), path, value);

        return value;
    }

    /// <summary>The id and the values, secrets blotted out.</summary>
    public override string ToString() => $"{Id} {RedactedValues.GetRawText()}";

    private static Config Single(JsonElement values, string? id)
    {
        if (Sweep.IsIn(values))
            throw new ArgumentException("The values contain a sweep and stand for several configs: use Config.Expand or Config.ExpandJson.", nameof(values));

        return new Config(values, id, []);
    }

    private static ConfigSet Product(JsonElement values) => new(Sweep.Expand(values).Select(combination => new Config(combination, id: null, [])));

    private sealed record Bound(Type Type, string? Path, object? Value);
}
