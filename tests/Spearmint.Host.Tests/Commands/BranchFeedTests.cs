using Spearmint.Domain;
using Spearmint.Host.Support;

namespace Spearmint.Host.Commands;

public sealed class BranchFeedTests
{
    private readonly BranchFeed _feed = new();

    [Fact]
    public async Task Events_come_out_as_they_went_in()
    {
        var branch = Some.Branch();
        BranchEvent[] events = [new BranchStarted(branch), new BranchFinished(branch.Succeed(null, TimeSpan.Zero))];

        await _feed.WriteAsync(events, CancellationToken.None);
        _feed.End();

        var read = new List<BranchEvent>();
        await foreach (var happened in _feed.Events.ReadAllAsync())
            read.Add(happened);
        Assert.Equal(events, read);
    }

    [Fact]
    public async Task Waiting_ends_with_the_last_branch_that_is_waited_for_and_not_before()
    {
        await EndOneAsync();
        var both = _feed.HasEndedAsync(2, CancellationToken.None);
        Assert.False(both.IsCompleted);

        await EndOneAsync();

        await both.WaitAsync(TimeSpan.FromSeconds(10));
        await _feed.HasEndedAsync(2, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    private Task EndOneAsync() => _feed.WriteAsync([new BranchFinished(Some.Branch().Succeed(null, TimeSpan.Zero))], CancellationToken.None);
}
