namespace Spearmint.Support;

/// <summary>A door that functions wait at and that a test opens. Nothing in a test waits longer than <see cref="Patience"/>.</summary>
internal sealed class Gate
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened => _open.Task.WaitAsync(Patience);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits as code that blocks its thread does.</summary>
    public void Block() => Assert.True(((IAsyncResult)_open.Task).AsyncWaitHandle.WaitOne(Patience), "the gate was not opened in time");
}
