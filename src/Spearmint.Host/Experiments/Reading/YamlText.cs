using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Reads the text of a file. JSON is YAML, and is read alike.</summary>
internal static class YamlText
{
    /// <summary>The top of the file; null where it cannot be read, and the problems say why.</summary>
    public static YamlMappingNode? Read(string text, FileProblems problems)
    {
        var shape = new YamlShape();
        try
        {
            if (!shape.IsFine(text, problems))
                return null;

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return Top(stream, problems);
        }
        catch (YamlException e)
        {
            problems.Add(e.Start, $"This is no YAML: {e.Message}");
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // how the parser takes some files that end too early
            problems.Add(shape.Place, "This is no YAML: what begins here is not written to its end.");
            return null;
        }
    }

    private static YamlMappingNode? Top(YamlStream stream, FileProblems problems)
    {
        switch (stream.Documents)
        {
            case []:
                problems.Add(Mark.Empty, "The file is empty. An experiment has a name, a strategy, configs and a target.");
                return null;
            case [{ RootNode: YamlMappingNode top }]:
                return top;
            case [var only]:
                problems.Add(only.RootNode, $"A file is a mapping of keys, such as 'name: shop'; this is {Kind.Of(only.RootNode)}.");
                return null;
            default:
                problems.Add(stream.Documents[1].RootNode, "A file holds one experiment; put what follows '---' into a file of its own.");
                return null;
        }
    }
}
