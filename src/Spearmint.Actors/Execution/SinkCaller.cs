using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>
/// Calls a sink where it can hold up nobody: a writer that lent its own thread to a sink that blocks could neither take events, nor drop
/// them, nor say how it is doing. One call at a time.
/// </summary>
internal sealed class SinkCaller(IBranchSink sink, SinkOptions options, TimeProvider clock)
{
    private readonly OwnThreads _ownThreads = new(pace: null, clock);
    private readonly bool _isPrompt = sink is IPromptSink;
    private CancellationTokenSource? _giveUp;

    /// <summary>Writes a batch, or gives up waiting for it. The task never fails.</summary>
    public async Task<SinkCallEnd> WriteAsync(IReadOnlyList<ExperimentEvent> batch)
    {
        if (_isPrompt)
            return new SinkCallEnd(await CallAsync(batch, CancellationToken.None));

        var giveUp = new CancellationTokenSource();
        _giveUp = giveUp;
        var call = _ownThreads.Run(_ => CallAsync(batch, giveUp.Token), state: null);
        try
        {
            return new SinkCallEnd(await call.WaitAsync(options.HangLimit, clock, giveUp.Token));
        }
        catch (Exception) when (!call.IsCompleted)
        {
            Cancel(giveUp);
            return new SinkCallEnd(null, StillOut: call);
        }
        catch (Exception)
        {
            // it came back in the last moment
            return new SinkCallEnd(await call);
        }
    }

    /// <summary>Cancels the call, if there is one.</summary>
    public void GiveUp()
    {
        if (_giveUp is { } giveUp)
            Cancel(giveUp);
    }

    // on the pool: what waits for the token is the sink's code, and goes on where the token is cancelled
    private static void Cancel(CancellationTokenSource giveUp) => giveUp.CancelAsync();

    private async Task<SinkFailure?> CallAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            await sink.WriteAsync(batch, cancellationToken);
            return null;
        }
        catch (Exception e)
        {
            // a sink's failure is nobody else's business
            return new SinkFailure($"{e.GetType().Name}: {BranchError.From(e, []).Message}", MayPass(e));
        }
    }

    private bool MayPass(Exception failure)
    {
        try
        {
            return options.MayPass(failure);
        }
        catch (Exception)
        {
            // the user's code too; who cannot say yes says no
            return false;
        }
    }
}

/// <summary>How a call ended: well, with a failure, or not within the hang limit and so still out.</summary>
internal sealed record SinkCallEnd(SinkFailure? Failure, Task? StillOut = null);

/// <summary>Why a sink did not take a batch.</summary>
internal sealed record SinkFailure(string Text, bool MayPass);
