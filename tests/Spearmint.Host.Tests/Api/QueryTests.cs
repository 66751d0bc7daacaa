using Spearmint.Domain;

namespace Spearmint.Host.Api;

public sealed class QueryTests
{
    [Theory]
    [InlineData(null, 100)]
    [InlineData("", 100)]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    public void A_limit_is_read(string? text, int limit) => Assert.Equal(limit, Query.Limit(text));

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void A_limit_that_makes_no_sense_is_refused_with_the_range(string text)
    {
        var e = Assert.Throws<BadRequestException>(() => Query.Limit(text));

        Assert.Contains($"'{text}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 1000", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timedOut", BranchStatus.TimedOut)]
    [InlineData("TIMEDOUT", BranchStatus.TimedOut)]
    [InlineData("pending", BranchStatus.Pending)]
    [InlineData(null, null)]
    [InlineData("", null)]
    public void A_status_is_read(string? text, BranchStatus? status) => Assert.Equal(status, Query.Status(text));

    [Theory]
    [InlineData("bad")]
    [InlineData("1")]
    [InlineData("success,failed")]
    public void A_status_that_there_is_not_is_refused_with_those_there_are(string text)
    {
        var e = Assert.Throws<BadRequestException>(() => Query.Status(text));

        Assert.Contains("pending, success, failed, timedOut, cancelled, skipped", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_id_is_read()
    {
        var id = Guid.NewGuid();

        Assert.Equal(id, Query.Run(id.ToString()));
        Assert.Null(Query.Run(null));
        Assert.Throws<BadRequestException>(() => Query.RunId("17"));
    }
}
