using Microsoft.AspNetCore.Http;
using Spearmint.Domain;
using Spearmint.Host.Support;
using Spearmint.Sinks;

namespace Spearmint.Host.Api;

public sealed class ProblemsTests
{
    [Fact]
    public void An_unknown_name_is_404_with_the_known_ones()
    {
        var problem = Problems.From(new UnknownNameException("experiment", "nope", ["a", "b"]));

        Assert.Equal(404, problem.Status);
        Assert.Equal(["a", "b"], Assert.IsAssignableFrom<IReadOnlyList<string>>(problem.Extensions["known"]));
    }

    [Fact]
    public void Shutting_down_is_503() => Assert.Equal(503, Problems.From(new ShuttingDownException("ending")).Status);

    [Theory]
    [InlineData(400)]
    [InlineData(408)]
    [InlineData(413)]
    public void What_the_server_refuses_keeps_its_status(int status) =>
        Assert.Equal(status, Problems.From(new BadHttpRequestException("refused", status)).Status);

    [Fact]
    public void A_function_that_threw_is_500_with_the_ids_of_its_branch_and_the_error_of_the_record()
    {
        var config = Config.From(new { password = "hunter22" });
        var branch = Some.Branch(config: config).Fail(new FormatException("no hunter22"), TimeSpan.Zero);

        var problem = Problems.From(new RunFailedException(branch.Exception!, new BranchRecord(null, new BranchFinished(branch))));

        Assert.Equal((500, "System.FormatException: no ***"), (problem.Status, problem.Detail));
        Assert.Equal((branch.RunId, branch.BranchId, config.Id), (problem.Extensions["runId"], problem.Extensions["branchId"], problem.Extensions["configId"]));
    }

    [Fact]
    public void A_bug_is_500_and_keeps_its_message_to_the_log()
    {
        var problem = Problems.From(new InvalidOperationException("the password is hunter22"));

        Assert.Equal(500, problem.Status);
        Assert.Contains("System.InvalidOperationException", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", problem.Detail, StringComparison.Ordinal);
    }
}
