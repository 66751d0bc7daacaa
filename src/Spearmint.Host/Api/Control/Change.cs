using System.Text.Json;

namespace Spearmint.Host.Api.Control;

/// <summary>A change of some members of settings (a JSON merge patch, RFC 7396).</summary>
/// <typeparam name="T">The type of the settings.</typeparam>
internal sealed class Change<T>
{
    private readonly IReadOnlyList<(Func<T, JsonElement, T> Set, JsonElement Value)> _steps;

    private Change(IReadOnlyList<string> names, IReadOnlyList<(Func<T, JsonElement, T> Set, JsonElement Value)> steps)
    {
        Names = names;
        _steps = steps;
    }

    /// <summary>The members that it changes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a change.</summary>
    /// <exception cref="BadRequestException">It is no object, changes nothing, or names what there is not.</exception>
    public static Change<T> Read(JsonElement body, IReadOnlyDictionary<string, Func<T, JsonElement, T>> members)
    {
        var known = string.Join(", ", members.Keys);
        if (body.ValueKind != JsonValueKind.Object || !body.EnumerateObject().Any())
            throw new BadRequestException($"The body must be a JSON object with the members to change. Known: {known}.");

        var steps = body.EnumerateObject().Select(member => members.TryGetValue(member.Name, out var set)
            ? (set, member.Value)
            : throw new BadRequestException($"There is no member '{member.Name}' to change. Known: {known}.")).ToList();
        return new Change<T>([.. body.EnumerateObject().Select(member => member.Name)], steps);
    }

    /// <summary>The settings with the change.</summary>
    /// <exception cref="BadRequestException">A value makes no sense.</exception>
    public T Apply(T settings)
    {
        try
        {
            return _steps.Aggregate(settings, (changed, step) => step.Set(changed, step.Value));
        }
        catch (ArgumentException e)
        {
            // the first line says what would be right, the others which parameter it was
            throw new BadRequestException(e.Message.Split(" (Parameter", 2)[0].ReplaceLineEndings(" "));
        }
    }
}
