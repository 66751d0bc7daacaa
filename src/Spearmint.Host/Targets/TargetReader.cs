using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;

namespace Spearmint.Host.Targets;

/// <summary>Reads what an experiment runs.</summary>
internal static class TargetReader
{
    /// <summary>The target; null where something is wrong, and the problems say what.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reading">What the readers share.</param>
    /// <param name="isFront">Whether requests are passed on to it.</param>
    public static ITarget? Read(Section file, TargetReading reading, bool isFront)
    {
        if (file.Require("target", "one of http, exec and code.") is not { } node || file.PartOf(node, "target") is not { } target)
            return null;

        var (http, exec, code) = (target.Find("http"), target.Find("exec"), target.Find("code"));
        target.Close();
        if (new[] { http, exec, code }.Count(kind => kind is not null) != 1)
        {
            file.Problems.Add(node, "'target' has exactly one of http, exec and code.");
            return null;
        }

        if (isFront && http is null)
            file.Problems.Add(node, "A front passes requests on by 'target.http', and this target is another.");
        if (http is not null)
            return target.PartOf(http, "http") is { } call ? new HttpTargetReader(reading, call).Read(isFront) : null;
        if (exec is not null)
            return target.PartOf(exec, "exec") is { } program ? new ExecTargetReader(reading, program).Read() : null;

        return target.TextOf(code!, "code") is { } name ? Function(name, code!, reading) : null;
    }

    private static CodeTarget? Function(string name, YamlDotNet.RepresentationModel.YamlNode node, TargetReading reading)
    {
        var functions = reading.Surroundings.Functions;
        if (functions.Find(name) is not { } function)
        {
            reading.Problems.Add(node, $"There is no function '{name}'. Known: {string.Join(", ", functions.Names)}.");
            return null;
        }

        foreach (var config in reading.Configs ?? ConfigSet.Empty)
        {
            try
            {
                function.Bind(config);
            }
            catch (ConfigBindingException e)
            {
                reading.Problems.Add(node, e.Message);
                return null;
            }
        }

        return new CodeTarget(function);
    }
}
