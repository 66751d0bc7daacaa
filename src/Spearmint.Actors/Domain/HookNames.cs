namespace Spearmint.Domain;

/// <summary>What an experiment calls of its user's beside the function: what <see cref="HookFailed.Hook"/> says.</summary>
public static class HookNames
{
    /// <summary><c>KeyOf</c>: whom a run is for.</summary>
    public const string Key = "key";

    /// <summary><c>RunIf</c>: whether a run may take part.</summary>
    public const string RunIf = "run_if";

    /// <summary><c>Context</c>: what is recorded with a run.</summary>
    public const string Context = "context";

    /// <summary><c>BeforeRun</c>.</summary>
    public const string BeforeRun = "before_run";

    /// <summary><c>AfterBranch</c>.</summary>
    public const string AfterBranch = "after_branch";

    /// <summary><c>OnHookError</c>, which is told of the others.</summary>
    public const string OnHookError = "on_hook_error";
}
