using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Spearmint.Domain;
using Spearmint.Host.Api.Export;
using Spearmint.Host.Experiments;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class ExportInMemoryTests() : ExportTests("none");

public sealed class ExportInSqliteTests() : ExportTests("sqlite");

public abstract class ExportTests(string storage)
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")")]
    [InlineData("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("-2.5e3", "-2.5e3")]
    [InlineData("+7", "+7")]
    [InlineData("plain = text", "plain = text")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void What_a_spreadsheet_would_take_for_a_formula_is_a_text(string? value, string? expected) => Assert.Equal(expected, BranchCsv.Defused(value));

    [Fact]
    public async Task There_are_so_many_exports_at_once_and_one_that_ends_makes_room()
    {
        await using var service = await StartAsync();
        var exports = (Exports)service.Services.GetService(typeof(Exports))!;
        var places = Enumerable.Range(0, Exports.Most).Select(_ => exports.Enter()).ToList();

        using var refused = await service.Http.GetAsync("branches/export");
        places[0].Dispose();
        using var taken = await service.Http.GetAsync("branches/export");

        Assert.Equal("Too many exports", (await refused.ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable)).Text("title"));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(System.Net.HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_file_of_CSV_has_every_branch_once_and_no_formula()
    {
        await using var service = await StartAsync();
        for (var run = 0; run < 600; run++)
            await service.Http.RunAsync("own", Some.Text);

        using var response = await service.Http.GetAsync("branches/export?format=csv&experiment=own");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches(@"^""?spearmint-branches-\d{8}-\d{6}\.csv""?$", response.Content.Headers.ContentDisposition!.FileName);
        using var csv = new CsvReader(new StreamReader(await response.Content.ReadAsStreamAsync()), CultureInfo.InvariantCulture);
        await csv.ReadAsync();
        csv.ReadHeader();
        var ids = new HashSet<string>();
        while (await csv.ReadAsync())
        {
            Assert.True(ids.Add(csv.GetField("branchId")!));
            Assert.Equal(("'=1+1,\n\"x\"", "-5"), csv.GetField("configId") == "text" ? (csv.GetField("output"), "-5") : ("'=1+1,\n\"x\"", csv.GetField("output")));
        }

        Assert.Equal(1200, ids.Count);
    }

    [Fact]
    public async Task A_file_of_JSON_lines_has_what_the_filter_asks_for()
    {
        await using var service = await StartAsync();
        for (var run = 0; run < 3; run++)
            await service.Http.RunAsync("own", Some.Text);

        using var response = await service.Http.GetAsync("branches/export?config=text");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(("text", "=1+1,\n\"x\""), (line.Text("configId"), line.Text("output"))));
    }

    private Task<InProcessService> StartAsync() => InProcessService.StartAsync(
        ["--Spearmint:Storage", storage],
        ByteExperiment.Of<object>(
            "own", "A test's own.", (_, context) => Task.FromResult<object>(context.Config.Id == "text" ? "=1+1,\n\"x\"" : -5),
            new ConfigSet([Config.From(new { n = 1 }, id: "text"), Config.From(new { n = 2 }, id: "number")]), Strategy.MultiBranch));
}
