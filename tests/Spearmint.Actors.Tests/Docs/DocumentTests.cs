using System.Text.RegularExpressions;
using Spearmint.Support;

namespace Spearmint.Docs;

public sealed partial class DocumentTests
{
    private static readonly string Root = Repository.Root;

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_code_in_a_document_compiles(string document)
    {
        var examples = Normal(string.Join('\n', Directory.EnumerateFiles(Path.Combine(Root, "tests", "Spearmint.Actors.Tests", "Docs"), "*.cs").Select(File.ReadAllText)));

        foreach (Match block in CodeBlock().Matches(File.ReadAllText(Path.Combine(Root, document))))
        {
            foreach (var piece in block.Groups[1].Value.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
                Assert.True(examples.Contains(Normal(piece), StringComparison.Ordinal), $"{document} has code that is in no example of the tests:\n{piece}");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_links_in_a_document_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Root, document))))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            Assert.True(target.Length == 0 || Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}");
        }
    }

    [Fact]
    public void Every_test_that_shows_a_guarantee_exists()
    {
        var named = TestName().Matches(File.ReadAllText(Path.Combine(Root, "docs", "guarantees.md"))).Select(match => match.Groups[1].Value).ToList();
        var tests =
            from file in Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            from Match test in Test().Matches(File.ReadAllText(file))
            select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups[1].Value}";

        Assert.True(named.Count > 20);
        Assert.Empty(named.Except(tests));
    }

    private static string Normal(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?!https?://)([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(\w+\.\w+_\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\[(?:\w*Fact|\w*Theory|InlineData|MemberData)[^\n]*\n\s*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
