using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Spearmint.Support;

/// <summary>Keeps every line, and takes its time for each.</summary>
internal sealed class SlowLog : ILoggerProvider, ILogger
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(300);

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Thread.Sleep(Time);
        Lines.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
