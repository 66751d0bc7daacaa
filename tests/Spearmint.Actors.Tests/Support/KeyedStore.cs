using System.Collections.Concurrent;
using Spearmint.Client;

namespace Spearmint.Support;

/// <summary>A store of texts by key that remembers every write. What a test hangs into it happens before each call.</summary>
internal sealed class KeyedStore(string name) : IMigrationStore<string, string?, KeyValuePair<string, string>>
{
    private readonly ConcurrentDictionary<string, string> _rows = new();

    public ConcurrentQueue<KeyValuePair<string, string>> Written { get; } = new();

    public Func<string, CancellationToken, Task> BeforeRead { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, CancellationToken, Task> BeforeWrite { get; set; } = (_, _) => Task.CompletedTask;

    public string? this[string key] => _rows.GetValueOrDefault(key);

    public async Task<string?> ReadAsync(string query, CancellationToken cancellationToken)
    {
        await BeforeRead(query, cancellationToken);
        return this[query] is { } value ? $"{value} of {name}" : null;
    }

    public async Task WriteAsync(KeyValuePair<string, string> command, CancellationToken cancellationToken)
    {
        await BeforeWrite(command.Value, cancellationToken);
        Written.Enqueue(command);
        _rows[command.Key] = command.Value;
    }
}
