using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>Fills <c>{0}</c> by position and <c>{Name}</c> in the order in which the names come up.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    public string Format(string format, params object[] args)
    {
        if (args.Length == 0)
            return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, Numbered(format), args);
        }
        catch (FormatException)
        {
            // A bad template is no reason to lose what it wanted to say.
            return $"{format} [{string.Join(", ", args)}]";
        }
    }

    private static string Numbered(string format)
    {
        var result = new StringBuilder(format.Length);
        var names = new List<string>();
        for (var i = 0; i < format.Length; i++)
        {
            result.Append(format[i]);
            if (format[i] is not '{' || i + 1 >= format.Length)
                continue;
            if (format[i + 1] is '{')
            {
                result.Append(format[++i]);
                continue;
            }

            var end = format.AsSpan(i + 1).IndexOfAny(',', ':', '}');
            if (end <= 0 || char.IsAsciiDigit(format[i + 1]))
                continue;
            var name = format.Substring(i + 1, end);
            var index = names.IndexOf(name);
            if (index < 0)
            {
                index = names.Count;
                names.Add(name);
            }

            result.Append(index);
            i += end;
        }

        return result.ToString();
    }
}
