using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>
/// Lets the writes of one key go one after the other, first come, first served, in this process. Keys share a bounded number of stripes, so
/// that a key costs nothing; two keys of one stripe wait for each other.
/// </summary>
/// <param name="name">The migration's name.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="overdue">Gives a token that is cancelled when a wait that begins now has been long enough.</param>
internal sealed class WriteTurns(string name, TimeProvider clock, Func<CancellationToken> overdue)
{
    private const int Stripes = 1024;

    private readonly WriteStripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new WriteStripe())];

    /// <summary>Waits for the turn of a key.</summary>
    /// <exception cref="OverloadedException">Those before it took too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<WriteTurn> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = StripeOf(key);
        if (!stripe.TryTake())
            await WaitAsync(stripe, key, cancellationToken);
        return new WriteTurn(stripe, clock);
    }

    /// <summary>Whether a key, or one that shares its stripe, may have been written at a time or after it.</summary>
    public bool MayHaveBeenWritten(string key, DateTimeOffset since) => StripeOf(key).IsBusySince(since);

    private WriteStripe StripeOf(string key) => _stripes[(uint)key.GetHashCode(StringComparison.Ordinal) % Stripes];

    private async Task WaitAsync(WriteStripe stripe, string key, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue(), cancellationToken);
        try
        {
            await stripe.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OverloadedException($"A write of key '{key}' in migration '{name}' was not carried out: those before it have not ended.");
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }
}
