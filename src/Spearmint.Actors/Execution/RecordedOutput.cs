using System.Runtime.InteropServices;
using System.Text.Json;
using Spearmint.Comparing;
using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>The output of a branch as a record keeps it.</summary>
internal static class RecordedOutput
{
    /// <summary>The longest output that is recorded, in bytes of JSON: a queue holds many of them.</summary>
    public const int MaxBytes = 65_536;

    public static JsonElement? Of(Branch branch, ComparisonRules? rules)
    {
        if (branch.Status != BranchStatus.Success)
            return null;

        try
        {
            var output = JsonSerializer.SerializeToElement(rules is null ? branch.Output : rules.CleanOutput(branch.Output), ConfigJson.Options);
            var bytes = JsonMarshal.GetRawUtf8Value(output).Length;
            if (bytes > MaxBytes)
                return JsonSerializer.SerializeToElement($"(not recorded: {bytes} bytes of JSON, and at most {MaxBytes} are)");

            return Redaction.Redact(output, branch.Config.SecretValues);
        }
        catch (Exception e)
        {
            // the getters of an output and what cleans it are the user's code; that one cannot be recorded changes nothing for the branch
            return JsonSerializer.SerializeToElement($"(not recorded: {branch.Output?.GetType().Name} cannot be written as JSON: {e.GetType().Name})");
        }
    }
}
