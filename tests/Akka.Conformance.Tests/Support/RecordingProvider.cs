using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Akka.Conformance.Support;

/// <summary>Keeps what is logged for a test to wait for.</summary>
public sealed class RecordingProvider : ILoggerProvider
{
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>();

    public ILogger CreateLogger(string categoryName) => new Recorder(_entries.Writer, categoryName);

    public async Task<Entry> Find(Predicate<string> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            var entry = await _entries.Reader.ReadAsync(patience.Token);
            if (condition(entry.Text))
                return entry;
        }
    }

    public void Dispose()
    {
    }

    public sealed record Entry(string Category, LogLevel Level, string Text, object? State, Exception? Exception);

    private sealed class Recorder(ChannelWriter<Entry> entries, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.TryWrite(new Entry(category, logLevel, formatter(state, exception), state, exception));
    }
}
