namespace Spearmint.Execution;

public sealed class MismatchWindowTests
{
    private readonly MismatchWindow _window = new(4);

    [Fact]
    public void Nothing_is_exceeded_before_the_window_is_full()
    {
        Note(true, true, true);
        Assert.False(_window.Exceeds(0));

        Note(false);
        Assert.True(_window.Exceeds(0.5));
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.49, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_share_must_be_above_the_limit(double limit, bool isExceeded)
    {
        Note(true, false, true, false);

        Assert.Equal(isExceeded, _window.Exceeds(limit));
    }

    [Fact]
    public void The_oldest_comparison_makes_room()
    {
        Note(true, true, false, false, false, true);

        Assert.Equal(1, _window.Mismatches);
        Note(false, false, false, false);
        Assert.Equal(0, _window.Mismatches);
        Assert.False(_window.Exceeds(0));
    }

    private void Note(params bool[] mismatches) => Array.ForEach(mismatches, _window.Note);
}
