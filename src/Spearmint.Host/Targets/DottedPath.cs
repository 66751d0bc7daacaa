using System.Globalization;
using System.Text.Json;

namespace Spearmint.Host.Targets;

/// <summary>Paths as placeholders write them: names and indexes with dots between them.</summary>
internal static class DottedPath
{
    public static bool TryFind(JsonElement json, string path, out JsonElement found)
    {
        found = json;
        foreach (var step in path.Split('.'))
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(step, out var member))
                found = member;
            else if (found.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength())
                found = found[index];
            else
                return false;
        }

        return true;
    }
}
