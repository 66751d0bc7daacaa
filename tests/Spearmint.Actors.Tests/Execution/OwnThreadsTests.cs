using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class OwnThreadsTests
{
    private readonly OwnThreads _threads = new(pace: null, TimeProvider.System);

    [Fact]
    public async Task There_is_a_thread_for_everything_that_blocks()
    {
        using var inside = new CountdownEvent(100);
        var all = new Gate();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _threads.Run(_ =>
        {
            if (inside.Signal())
                all.Open();
            all.Block();
            return Task.FromResult(true);
        }, null))).Soon();
    }

    [Fact]
    public async Task What_is_awaited_comes_back_to_such_a_thread()
    {
        var onPool = await _threads.Run(async _ =>
        {
            await Task.Yield();
            return Thread.CurrentThread.IsThreadPoolThread;
        }, null).Soon();

        Assert.False(onPool);
    }

    [Fact]
    public async Task An_exception_is_in_the_task() =>
        await Assert.ThrowsAsync<IOException>(() => _threads.Run<bool>(_ => throw new IOException(), null).Soon());

    [Fact]
    public async Task Idle_threads_take_what_comes_next()
    {
        for (var call = 0; call < 1000; call++)
            Assert.Equal(call, await _threads.Run(state => Task.FromResult((int)state!), call).Soon());
    }
}
