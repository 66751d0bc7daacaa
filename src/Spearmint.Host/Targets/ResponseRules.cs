using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Host.Targets;

/// <summary>What of a target's answer is the output, and what its figures are.</summary>
/// <param name="Output">The place of the output; null for all of it.</param>
/// <param name="Metrics">The places of figures, by name.</param>
internal sealed record ResponseRules(JsonPath? Output, IReadOnlyList<(string Name, JsonPath Path)> Metrics)
{
    /// <summary>The output in an answer that is JSON, or a text.</summary>
    /// <param name="json">The answer, where it is JSON.</param>
    /// <param name="text">The answer as a text.</param>
    /// <exception cref="TargetException">There is no value at the output's place.</exception>
    public object? Pick(JsonElement? json, string text)
    {
        if (Output is null)
            return json ?? (object)text;
        if (json is not { } answer)
            throw new TargetException($"The output is at {Output.Text}, and the answer is no JSON.");

        return Output.TryFind(answer, out var found) ? found : throw new TargetException($"The answer has nothing at {Output.Text}, where the output should be.");
    }

    /// <summary>Reports the figures that the answer has; one that it has not, or that is no number, is left out.</summary>
    public void Report(JsonElement? json, BranchContext context)
    {
        if (json is not { } answer)
            return;

        foreach (var (name, path) in Metrics)
        {
            if (path.TryFind(answer, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var value) && double.IsFinite(value))
                context.Report(name, value);
        }
    }
}
