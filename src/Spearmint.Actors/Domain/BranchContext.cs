using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Spearmint.Domain;

/// <summary>What a function is given: its config, the input of the run, which branch it is, and what it may use and report.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and a function that outlives its branch may still use its token.")]
public abstract class BranchContext
{
    // set where a function is called, it follows whatever the function calls and starts
    private static readonly AsyncLocal<BranchContext?> Ambient = new();

    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isOver;
    private BranchMetrics? _metrics;
    private object? _clonedInput;
    private object? _scope;

    private protected BranchContext(BranchIdentity identity) => Identity = identity;

    /// <summary>The config of this branch.</summary>
    public Config Config => Identity.Config;

    /// <summary>The input of the run: the very object that the caller passed, or a clone of it where the experiment clones inputs.</summary>
    public object? Input => Cloner is null ? RunInput : _clonedInput;

    /// <summary>The run that the branch belongs to.</summary>
    public Guid RunId => Identity.RunId;

    /// <summary>The id of this branch.</summary>
    public Guid BranchId => Identity.BranchId;

    /// <summary>The name of the experiment.</summary>
    public string Experiment => Identity.Experiment;

    /// <summary>Primary, shadow or candidate.</summary>
    public BranchRole Role => Identity.Role;

    /// <summary>
    /// Cancelled when the branch has ended without the function: by its deadline, by the shutdown, by a better answer, and in an awaited
    /// branch by the caller. A shadow outlives the request and does not see the caller's token.
    /// </summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>
    /// Services of a scope that is made for this branch when it is first asked for, and disposed when the function has ended: a shadow may
    /// use scoped services long after the request is over.
    /// </summary>
    /// <exception cref="InvalidOperationException">Spearmint was not given the services of a host.</exception>
    public IServiceProvider Services
    {
        get
        {
            if (HostServices is null)
                throw new InvalidOperationException(
                    "There are no services: run Spearmint by the AddAkka of Spearmint.Hosting, or give the ActorSystem a SpearmintSetup with services.");

            lock (_cancellation)
                return ((AsyncServiceScope)(_scope ??= HostServices.CreateAsyncScope())).ServiceProvider;
        }
    }

    /// <summary>
    /// The branch whose function is running here; null outside of functions, and where the function has returned: what it has left running
    /// belongs to nobody.
    /// </summary>
    internal static BranchContext? Current => Ambient.Value is { _isOver: false } current ? current : null;

    /// <summary>The token, or that of the branch whose function is running here where it is none.</summary>
    internal static CancellationToken OrOwn(CancellationToken token) => token.CanBeCanceled ? token : Current?.CancellationToken ?? token;

    internal BranchIdentity Identity { get; }

    /// <summary>What the function has reported so far.</summary>
    internal IReadOnlyDictionary<string, double> Reported => Volatile.Read(ref _metrics)?.Snapshot() ?? BranchMetrics.None;

    /// <summary>Whether the function was told to stop, by its own token or by the caller's, which it may know from elsewhere.</summary>
    internal bool IsCancelled => _cancellation.IsCancellationRequested || CallersToken.IsCancellationRequested;

    internal bool HasScope => _scope is not null;

    /// <summary>What is being done, for the traces of the function: the branch's own span, or else what the caller was doing.</summary>
    private protected abstract Activity? Doing { get; }

    private protected abstract object? RunInput { get; }

    private protected abstract Func<object?, object?>? Cloner { get; }

    private protected abstract CancellationToken CallersToken { get; }

    private protected abstract IServiceProvider? HostServices { get; }

    /// <summary>Reports a figure of this branch, such as the tokens that it used. It appears in the branch and in its record.</summary>
    /// <param name="name">At most 100 characters; a second report under the same name replaces the first. A branch has at most 64 names.</param>
    /// <param name="value">Any finite number.</param>
    /// <exception cref="ArgumentException">The name or the value is not as said, or there are too many names.</exception>
    public void Report(string name, double value) => Metrics().Report(name, value);

    internal ValueTask DisposeScopeAsync() => ((AsyncServiceScope)_scope!).DisposeAsync();

    /// <summary>Makes things ready for the call, on the thread that calls: the user's cloner of inputs may throw.</summary>
    internal void Enter()
    {
        Ambient.Value = this;
        if (Doing is { } doing)
            Activity.Current = doing;
        if (Cloner is { } clone)
            _clonedInput = clone(RunInput);
    }

    /// <summary>The function has returned.</summary>
    internal void Leave() => _isOver = true;

    /// <summary>What a run that the function asks for has to know of this branch.</summary>
    internal abstract OuterBranch AsOuter();

    /// <summary>Tells the function to stop. Runs whatever the function has registered on its token.</summary>
    internal void Cancel() => _cancellation.Cancel();

    private BranchMetrics Metrics() => Volatile.Read(ref _metrics) ?? Interlocked.CompareExchange(ref _metrics, new BranchMetrics(), null) ?? _metrics!;
}
