using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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
    public void What_may_succeed_later_is_503()
    {
        Assert.Equal((503, "too much"), Answer(new OverloadedException("too much")));
        Assert.Equal((503, "ending"), Answer(new ShuttingDownException("ending")));
        Assert.Equal((503, "A run was not answered within 40 s: its strategy is stuck, or the ActorSystem has ended."), Answer(new UnansweredException("A run", TimeSpan.FromSeconds(40))));
    }

    [Fact]
    public async Task Only_what_may_succeed_later_says_when_to_try_again()
    {
        Assert.Equal("1", await RetryAfterAsync(new OverloadedException("too much")));
        Assert.Equal("1", await RetryAfterAsync(new ShuttingDownException("ending")));
        Assert.Equal("1", await RetryAfterAsync(new UnansweredException("A run", TimeSpan.FromSeconds(40))));
        Assert.Equal("", await RetryAfterAsync(new BadRequestException("nonsense")));
    }

    [Fact]
    public void A_run_that_timed_out_is_504_with_the_deadline_and_the_ids_of_its_branch()
    {
        var timedOut = new BranchTimedOutException("compress-all", "c1", TimeSpan.FromMilliseconds(1_500));
        var branch = Some.Branch().TimeOut(timedOut, TimeSpan.FromSeconds(1.5));

        var problem = Problems.From(new RunFailedException(branch.RunId, timedOut, new BranchRecord(null, new BranchFinished(branch))));

        Assert.Equal((504, timedOut.Message), (problem.Status, problem.Detail));
        Assert.Equal(("compress-all", "c1", 1.5), (problem.Extensions["experiment"], problem.Extensions["configId"], problem.Extensions["deadlineSeconds"]));
        Assert.Equal((branch.RunId, branch.BranchId, BranchStatus.TimedOut), (problem.Extensions["runId"], problem.Extensions["branchId"], problem.Extensions["branchStatus"]));
    }

    [Fact]
    public void A_run_that_timed_out_and_whose_record_is_not_kept_is_504_too()
    {
        var runId = Guid.NewGuid();

        var problem = Problems.From(new RunFailedException(runId, new BranchTimedOutException("compress-all", "c1", TimeSpan.FromSeconds(30)), branch: null));

        Assert.Equal((504, runId, null), (problem.Status, problem.Extensions["runId"], problem.Extensions["branchId"]));
    }

    [Fact]
    public void A_function_that_threw_the_time_out_of_another_run_has_failed()
    {
        var timedOut = new BranchTimedOutException("inner", "c1", TimeSpan.FromSeconds(1));
        var branch = Some.Branch().Fail(timedOut, TimeSpan.Zero);

        Assert.Equal(500, Problems.From(new RunFailedException(branch.RunId, timedOut, new BranchRecord(null, new BranchFinished(branch)))).Status);
    }

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

        var problem = Problems.From(new RunFailedException(branch.RunId, branch.Exception!, new BranchRecord(null, new BranchFinished(branch))));

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

    private static (int? Status, string? Detail) Answer(Exception exception)
    {
        var problem = Problems.From(exception);
        return (problem.Status, problem.Detail);
    }

    private static async Task<string> RetryAfterAsync(Exception exception)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        Assert.True(await new Problems(NullLogger<Problems>.Instance).TryHandleAsync(context, exception, CancellationToken.None));
        return context.Response.Headers.RetryAfter.ToString();
    }
}
