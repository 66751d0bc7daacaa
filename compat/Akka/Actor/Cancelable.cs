namespace Akka.Actor;

/// <summary>Calls off something scheduled.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }

    CancellationToken Token { get; }

    void Cancel();

    void Cancel(bool throwOnFirstException);

    void CancelAfter(TimeSpan delay);

    void CancelAfter(int millisecondsDelay);
}

public class Cancelable : ICancelable, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Cancelable(IScheduler scheduler)
    {
    }

    public Cancelable(IActionScheduler scheduler)
    {
    }

    public Cancelable(IScheduler scheduler, TimeSpan delay) => CancelAfter(delay);

    public Cancelable(IActionScheduler scheduler, TimeSpan delay) => CancelAfter(delay);

    public Cancelable(IScheduler scheduler, int millisecondsDelay) => CancelAfter(millisecondsDelay);

    public bool IsCancellationRequested => _source.IsCancellationRequested;

    public CancellationToken Token => _source.Token;

    public bool IsDisposed { get; private set; }

    public static ICancelable CreateCanceled()
    {
        var canceled = new Cancelable((IScheduler)null);
        canceled.Cancel();
        return canceled;
    }

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        if (!IsDisposed)
            _source.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay) => _source.CancelAfter(delay);

    public void CancelAfter(int millisecondsDelay) => _source.CancelAfter(millisecondsDelay);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !IsDisposed)
        {
            IsDisposed = true;
            _source.Dispose();
        }
    }
}

public static class CancelableExtensions
{
    public static void CancelIfNotNull(this ICancelable cancelable) => cancelable?.Cancel();
}
