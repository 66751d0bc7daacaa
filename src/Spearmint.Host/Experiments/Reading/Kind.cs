using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>What a value of a file is, in words.</summary>
internal static class Kind
{
    private const int MostShown = 40;

    public static string Of(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        YamlScalarNode scalar when PlainValue.IsNull(scalar) => "nothing",
        YamlScalarNode { Value: { } text } => $"'{(text.Length <= MostShown ? text : text[..MostShown] + "...")}'",
        _ => "nothing",
    };
}
