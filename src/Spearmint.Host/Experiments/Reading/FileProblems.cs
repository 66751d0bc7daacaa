using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>What is wrong at a place of a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
internal sealed record FileProblem(int Line, int Column, string Reason);

/// <summary>Everything that is wrong with a file, in the order of its lines.</summary>
internal sealed class FileProblems
{
    // a file of another kind may be wrong in every line
    private const int Most = 50;

    private readonly List<FileProblem> _problems = [];

    public int Count => _problems.Count;

    public IReadOnlyList<FileProblem> InOrder => [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    public void Add(YamlNode node, string reason) => Add(node.Start, reason);

    public void Add(in Mark place, string reason)
    {
        if (_problems.Count < Most)
            _problems.Add(new FileProblem((int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column), reason));
    }
}
