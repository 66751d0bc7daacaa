namespace Spearmint.Domain;

public sealed class SinkOptionsTests
{
    public static TheoryData<string, Func<SinkOptions>> OutOfRange => new()
    {
        { "MaxBatch", () => new SinkOptions { MaxBatch = 0 } },
        { "BatchTime", () => new SinkOptions { BatchTime = TimeSpan.FromMilliseconds(-1) } },
        { "BatchTime", () => new SinkOptions { BatchTime = TimeSpan.FromDays(2) } },
        { "QueueLimit", () => new SinkOptions { QueueLimit = 0 } },
        { "Attempts", () => new SinkOptions { Attempts = 0 } },
        { "FirstPause", () => new SinkOptions { FirstPause = TimeSpan.Zero } },
        { "LongestPause", () => new SinkOptions { LongestPause = TimeSpan.Zero } },
        { "Jitter", () => new SinkOptions { Jitter = 1.1 } },
        { "Jitter", () => new SinkOptions { Jitter = double.NaN } },
        { "HangLimit", () => new SinkOptions { HangLimit = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_range_is_refused_by_its_name(string name, Func<SinkOptions> make) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);

    [Fact]
    public void What_is_in_range_is_kept()
    {
        var options = new SinkOptions { MaxBatch = 1, BatchTime = TimeSpan.Zero, QueueLimit = 1, Attempts = 1, Jitter = 1, HangLimit = TimeSpan.FromDays(1) };

        Assert.Equal((1, TimeSpan.Zero, 1, 1, 1.0, TimeSpan.FromDays(1)),
            (options.MaxBatch, options.BatchTime, options.QueueLimit, options.Attempts, options.Jitter, options.HangLimit));
    }

    [Fact]
    public void What_the_sinks_own_code_got_wrong_does_not_pass_and_all_else_may()
    {
        var mayPass = SinkOptions.Default.MayPass;

        Assert.All<Exception>([new IOException(), new TimeoutException(), new OperationCanceledException()], failure => Assert.True(mayPass(failure)));
        Assert.All<Exception>(
            [new ArgumentNullException(), new NotSupportedException(), new InvalidCastException(), new ObjectDisposedException("sink")],
            failure => Assert.False(mayPass(failure)));
    }
}
