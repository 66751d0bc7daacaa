using System.Runtime.InteropServices;
using System.Text.Json;
using Spearmint.Comparing;
using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>Outputs and inputs as records keep them.</summary>
internal static class Recorded
{
    /// <summary>The longest value that is recorded, in bytes of JSON: a queue holds many of them.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>The output of a branch that has one.</summary>
    public static JsonElement? Output(Branch branch, ComparisonRules? rules) => branch.Status == BranchStatus.Success
        ? Json(branch.Output, rules is null ? null : rules.CleanOutput, branch.Config.SecretValues)
        : null;

    /// <summary>The input of a run, without what looks secret by its key; the secrets of the configs are not known yet.</summary>
    public static JsonElement Input(object? input) => Json(input, clean: null, secrets: []);

    private static JsonElement Json(object? value, Func<object?, object?>? clean, IReadOnlyList<string> secrets)
    {
        try
        {
            var written = JsonSerializer.SerializeToElement(clean is null ? value : clean(value), ConfigJson.Options);
            var bytes = JsonMarshal.GetRawUtf8Value(written).Length;
            return bytes <= MaxBytes ? Redaction.Redact(written, secrets) : Text($"(not recorded: {bytes} bytes of JSON, and at most {MaxBytes} are)");
        }
        catch (Exception e)
        {
            // the getters of a value and what cleans it are the user's code; that one cannot be recorded changes nothing for the branch
            return Text($"(not recorded: {value?.GetType().Name} cannot be written as JSON: {e.GetType().Name})");
        }
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);
}
