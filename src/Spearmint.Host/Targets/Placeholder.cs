using System.Text;
using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>Where the value of a placeholder comes from.</summary>
internal enum PlaceholderSource
{
    Config,
    Input,
    Env,
}

/// <summary>Something like <c>{{config.model}}</c>.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Path">The dotted path in the config or the input, or the name of the variable; empty for the whole input.</param>
/// <param name="Variable">The value of the variable, as it was when the file was read.</param>
internal sealed record Placeholder(PlaceholderSource Source, string Path, string? Variable = null)
{
    public override string ToString() => $"{{{{{Name}}}}}";

    private string Name => Path.Length == 0 ? "input" : $"{Source.ToString().ToLowerInvariant()}.{Path}";

    /// <summary>The value as a text: a string as it is, anything else as its JSON.</summary>
    /// <exception cref="TargetException">The config or the input has no such value.</exception>
    public string Text(Config config, ExperimentInput? input)
    {
        if (Source == PlaceholderSource.Env)
            return Variable!;
        if (Source == PlaceholderSource.Input && Path.Length == 0)
            return input is null ? "" : TextOf(input);

        var value = Find(config, input);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    /// <summary>The value as JSON, of its own type.</summary>
    /// <exception cref="TargetException">The config or the input has no such value.</exception>
    public JsonElement Json(Config config, ExperimentInput? input)
    {
        if (Source == PlaceholderSource.Env)
            return JsonSerializer.SerializeToElement(Variable);
        if (Source == PlaceholderSource.Input && Path.Length == 0)
            return input?.Json ?? JsonSerializer.SerializeToElement(input is null ? "" : TextOf(input));

        return Find(config, input);
    }

    private string TextOf(ExperimentInput input) =>
        input.Text ?? throw new TargetException($"{this} stands in a text, and the input is no text in UTF-8; as the whole body it is passed on as it is.");

    private JsonElement Find(Config config, ExperimentInput? input)
    {
        var place = Source == PlaceholderSource.Config ? config.Values
            : input is null ? default
            : input.Json ?? throw new TargetException($"{this} needs an input that is JSON.");
        if (input is null && Source == PlaceholderSource.Input)
            return JsonSerializer.SerializeToElement("x");

        return DottedPath.TryFind(place, Path, out var found)
            ? found
            : throw new TargetException(Source == PlaceholderSource.Config ? $"Config '{config.Id}' has no value for {this}." : $"The input has no value for {this}.");
    }
}
