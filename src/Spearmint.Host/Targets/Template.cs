using System.Text;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>How a value is written where a placeholder stands.</summary>
internal enum Escaping
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>The begin of a URL: as it is, an address.</summary>
    Address,

    /// <summary>In the host or the port of a URL.</summary>
    Authority,

    /// <summary>In the path or the query of a URL.</summary>
    Url,

    /// <summary>In a field of a form.</summary>
    Form,

    /// <summary>In the value of a header.</summary>
    Header,

    /// <summary>Between the quotes of a JSON text.</summary>
    JsonText,

    /// <summary>In the place of a JSON value.</summary>
    JsonValue,
}

/// <summary>A part of a template: a text, or a placeholder and how its value is written.</summary>
internal sealed record TemplatePart(string Text, Placeholder? Placeholder = null, Escaping Escaping = Escaping.None);

/// <summary>A text with placeholders, each written as the place where it stands needs it.</summary>
/// <param name="Source">As it is written, for errors: it names secrets and holds none.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record Template(string Source, IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>The placeholder that is the whole template; null where there is more or none.</summary>
    public Placeholder? Only => Parts is [{ Placeholder: { } placeholder }] ? placeholder : null;

    /// <summary>The text for a config and an input; without one, as it may look.</summary>
    /// <exception cref="TargetException">A value is missing, or cannot stand where it should.</exception>
    public string Expand(Config config, ExperimentInput? input)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
            text.Append(part.Placeholder is { } placeholder ? Escaped.Of(placeholder, part.Escaping, config, input) : part.Text);

        return text.ToString();
    }
}
