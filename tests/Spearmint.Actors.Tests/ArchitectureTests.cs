using System.Text.RegularExpressions;
using Spearmint.Support;

namespace Spearmint;

public sealed partial class ArchitectureTests
{
    // what each part may use, itself apart
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Comparing"] = ["Domain"],
        ["Statistics"] = ["Domain"],
        ["Execution"] = ["Domain", "Comparing"],
        ["Strategies"] = ["Domain", "Execution"],
        ["Protocol"] = ["Domain", "Comparing", "Statistics", "Execution", "Strategies"],
        ["Actors"] = ["Domain", "Comparing", "Statistics", "Execution", "Strategies", "Protocol"],
        ["Sinks"] = ["Domain", "Protocol"],
        ["Client"] = ["Domain", "Comparing", "Statistics", "Strategies", "Protocol", "Actors"],
        ["Hosting"] = ["Domain", "Strategies", "Protocol", "Actors", "Client"],
    };

    public static TheoryData<string> Parts => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Dependencies_point_down(string part)
    {
        foreach (var (file, line) in Usings(part).Where(found => found.Line.StartsWith("Spearmint.", StringComparison.Ordinal)))
        {
            var used = line["Spearmint.".Length..];
            Assert.True(used == part || Allowed[part].Contains(used), $"{file} uses Spearmint.{used}");
        }
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("Comparing")]
    [InlineData("Statistics")]
    [InlineData("Execution")]
    [InlineData("Strategies")]
    public void The_domain_and_the_strategies_know_nothing_of_Akka(string part) =>
        Assert.All(Usings(part), found => Assert.False(found.Line.StartsWith("Akka", StringComparison.Ordinal), $"{found.File} uses {found.Line}"));

    [Fact]
    public void Only_hosting_knows_Akka_Hosting() =>
        Assert.All(Allowed.Keys.Where(part => part != "Hosting").SelectMany(Usings), found => Assert.NotEqual("Akka.Hosting", found.Line));

    [Fact]
    public void The_library_depends_on_no_database_and_no_web_framework() =>
        Assert.All(typeof(Client.SpearmintClient).Assembly.GetReferencedAssemblies(), reference =>
            Assert.DoesNotMatch("AspNetCore|Sqlite|Npgsql|Data.Common", reference.Name));

    private static IEnumerable<(string File, string Line)> Usings(string part) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Spearmint.Actors", part), "*.cs", SearchOption.AllDirectories)
        from Match match in Using().Matches(File.ReadAllText(file))
        select (Path.GetFileName(file), match.Groups[1].Value);

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
