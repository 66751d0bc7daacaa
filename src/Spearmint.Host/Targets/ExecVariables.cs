using System.Text;
using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Host.Targets;

/// <summary>What a program finds in its environment.</summary>
internal static class ExecVariables
{
    public static IEnumerable<(string Name, string Value)> Of(BranchContext context)
    {
        yield return ("SPEARMINT_CONFIG", context.Config.Values.GetRawText());
        yield return ("SPEARMINT_CONFIG_ID", context.Config.Id);
        yield return ("SPEARMINT_EXPERIMENT", context.Experiment);
        yield return ("SPEARMINT_RUN_ID", context.RunId.ToString());
        yield return ("SPEARMINT_BRANCH_ID", context.BranchId.ToString());
        foreach (var member in context.Config.Values.EnumerateObject())
        {
            if (IsVariable(member) && Name(member.Name) is { } name)
                yield return ($"SPEARMINT_CONFIG_{name}", member.Value.ToString() is { } text && member.Value.ValueKind == JsonValueKind.String ? text : member.Value.GetRawText());
        }
    }

    /// <summary>Why the values of a config cannot all be in variables; null where they can.</summary>
    public static string? Refuse(Config config)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["ID"] = "the id of the config" };
        foreach (var member in config.Values.EnumerateObject().Where(IsVariable))
        {
            if (Name(member.Name) is { } name && !names.TryAdd(name, $"'{member.Name}'"))
                return $"In config '{config.Id}' the value '{member.Name}' would be in the variable SPEARMINT_CONFIG_{name}, which has {names[name]}; give it another name.";
        }

        return null;
    }

    private static bool IsVariable(JsonProperty member) => member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null);

    /// <summary>The name of a value as variables are written: maxTokens becomes MAX_TOKENS. Null where no letter or digit is in it.</summary>
    internal static string? Name(string key)
    {
        var name = new StringBuilder();
        for (var at = 0; at < key.Length; at++)
        {
            if (at > 0 && char.IsAsciiLetterUpper(key[at]) && (char.IsAsciiLetterLower(key[at - 1]) || char.IsAsciiDigit(key[at - 1])))
                name.Append('_');
            name.Append(char.IsAsciiLetterOrDigit(key[at]) ? char.ToUpperInvariant(key[at]) : '_');
        }

        return name.ToString().Trim('_').Length > 0 ? name.ToString() : null;
    }
}
