using System.Runtime.CompilerServices;

namespace Spearmint.Domain;

/// <summary>A function with an output of its own type. The only place where what a function throws is caught.</summary>
internal sealed class FunctionOf<TOutput>(Func<BranchContext, Task<TOutput>> function) : ExperimentFunction
{
    // pooled: this is the one state machine that every branch of a function that yields would leave behind
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal override async ValueTask<BranchOutcome> CallAsync(BranchContext context, TimeProvider clock)
    {
        var start = clock.GetTimestamp();
        try
        {
            context.Enter();
            var output = await function(context);
            return new BranchOutcome(BranchStatus.Success, clock.GetElapsedTime(start), output, null);
        }
        catch (OperationCanceledException e) when (context.IsCancelled)
        {
            return new BranchOutcome(BranchStatus.Cancelled, clock.GetElapsedTime(start), null, e);
        }
        catch (Exception e)
        {
            return new BranchOutcome(BranchStatus.Failed, clock.GetElapsedTime(start), null, e);
        }
        finally
        {
            context.Leave();
        }
    }
}
