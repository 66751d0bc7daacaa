namespace Spearmint.Domain;

public sealed class BranchErrorTests
{
    [Fact]
    public void An_exception_whose_members_throw_is_recorded_as_unreadable()
    {
        var error = BranchError.From(new Hostile(), []);

        Assert.Equal("(unreadable: InvalidOperationException)", error.Message);
    }

    [Fact]
    public void A_long_message_is_cut() => Assert.Equal(16_384, BranchError.From(new IOException(new string('x', 100_000)), []).Message.Length);

    [Fact]
    public void A_deep_inner_chain_is_cut()
    {
        var exception = new IOException("0");
        for (var depth = 1; depth < 100; depth++)
            exception = new IOException($"{depth}", exception);

        var depths = 0;
        for (var error = BranchError.From(exception, []); error is not null; error = error.Inner)
            depths++;
        Assert.Equal(16, depths);
    }

    [Fact]
    public void An_exception_that_was_never_thrown_has_no_stack() => Assert.Null(BranchError.From(new IOException(), []).StackTrace);

    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }
}
