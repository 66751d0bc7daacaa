using Spearmint.Host.Support;

namespace Spearmint.Host.Experiments;

public sealed class WatchedFileTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private static readonly FileContent First = new("first", null);
    private static readonly FileContent Half = new("", null);
    private static readonly FileContent Second = new("second", null);

    private readonly WatchedFile _file = new("a.yaml");

    [Fact]
    public void A_file_is_taken_when_it_has_stayed_the_same_for_a_while()
    {
        Assert.Equal(Change.Unsettled, Look(First, at: 0));
        Assert.Equal(Change.Unsettled, Look(First, at: 199));
        Assert.Equal(Change.Settled, Look(First, at: 200));

        _file.Take(First);

        Assert.Equal(Change.None, Look(First, at: 201));
    }

    [Fact]
    public void What_is_written_in_steps_is_never_taken_in_part()
    {
        _file.Take(First);

        Assert.Equal(Change.Unsettled, Look(Half, at: 0));
        Assert.Equal(Change.Unsettled, Look(Second, at: 199));
        Assert.Equal(Change.Unsettled, Look(Second, at: 398));
        Assert.Equal(Change.Settled, Look(Second, at: 399));
    }

    [Fact]
    public void A_file_that_is_away_while_it_is_replaced_is_not_gone()
    {
        _file.Take(First);

        Assert.Equal(Change.Unsettled, Look(null, at: 0));
        Assert.Equal(Change.None, Look(First, at: 100));
        Assert.Equal(Change.Unsettled, Look(null, at: 150));
        Assert.Equal(Change.Unsettled, Look(null, at: 300));
        Assert.Equal(Change.Settled, Look(null, at: 350));
    }

    [Fact]
    public void At_the_start_nothing_is_waited_for() => Assert.Equal(Change.Settled, _file.Look(First, Some.Time, TimeSpan.Zero));

    private Change Look(FileContent? content, int at) => _file.Look(content, Some.Time.AddMilliseconds(at), Settle);
}
