using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>Says what the hooks of one experiment have thrown: to the user's handler and to the log. Never throws.</summary>
internal sealed class HookFailures(string experiment, Action<string, Exception>? handler, Surroundings surroundings)
{
    /// <summary>A hook has thrown.</summary>
    /// <param name="hook">A name of <see cref="HookNames"/>.</param>
    /// <param name="exception">What it threw: the handler gets the very object.</param>
    /// <param name="secrets">Texts that must not appear in the log.</param>
    public void Report(string hook, Exception exception, IReadOnlyList<string> secrets)
    {
        Record(hook, exception, secrets);
        try
        {
            handler?.Invoke(hook, exception);
        }
        catch (Exception e)
        {
            // the handler is the user's code too, and there is nobody above it
            Record(HookNames.OnHookError, e, secrets);
        }
    }

    /// <summary>Puts a failure into the log alone.</summary>
    public void Record(string hook, Exception exception, IReadOnlyList<string> secrets)
    {
        surroundings.Log.Add(new HookFailed(experiment, hook, surroundings.Clock.GetUtcNow(), BranchError.From(exception, secrets)));
        surroundings.Telemetry.HookFailed(experiment, hook);
    }
}
