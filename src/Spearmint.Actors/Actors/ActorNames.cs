using System.Globalization;
using System.Text;

namespace Spearmint.Actors;

/// <summary>Makes names that users chose fit for actors: what an actor's name cannot hold is written as its code.</summary>
internal static class ActorNames
{
    public static string Escape(string prefix, string name)
    {
        var escaped = new StringBuilder(prefix);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
                escaped.Append(character);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"~{(int)character:x4}");
        }

        return escaped.ToString();
    }
}
