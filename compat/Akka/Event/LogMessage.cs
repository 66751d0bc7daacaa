namespace Akka.Event;

public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);

    string Format(string format, IEnumerable<object> args);
}

/// <summary>A template and its values, put together only if somebody reads it.</summary>
public abstract class LogMessage
{
    protected readonly ILogMessageFormatter Formatter;

    public LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }

    public abstract string Unformatted();

    public abstract IEnumerable<object> Parameters();
}

internal sealed class LogValues(ILogMessageFormatter formatter, string format, object[] values) : LogMessage(formatter, format)
{
    public override string Unformatted() => $"{Format}, {string.Join(", ", values)}";

    public override IEnumerable<object> Parameters() => values;

    public override string ToString() => Formatter.Format(Format, values);
}
