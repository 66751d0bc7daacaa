using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What one run does differently from the others of its experiment.</summary>
public sealed record RunOptions
{
    /// <summary>The defaults.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>The id of the run, for a caller that wants to know it also when the run fails; unique for ever. Null to have one made.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Configs for this run in the place of the experiment's own.</summary>
    public IEnumerable<Config>? Configs { get; init; }

    /// <summary>A sink that gets the events of this run alone, beside the registered ones.</summary>
    public IBranchSink? Sink { get; init; }

    /// <summary>How long this run's caller waits at most, in the place of the experiment's deadline; above zero, at most a day.</summary>
    public TimeSpan? Deadline { get; init => field = Checked.Time(value, nameof(Deadline)); }

    /// <summary>How long each shadow of this run may take, in the place of the experiment's; above zero, at most a day.</summary>
    public TimeSpan? ShadowDeadline { get; init => field = Checked.Time(value, nameof(ShadowDeadline)); }

    /// <summary>The config to run, whatever the strategy would choose: for a tester who wants to see it. Null to leave it to the strategy.</summary>
    public string? ForcedConfigId { get; init; }

    /// <summary>Whom the run is for, in the place of what the experiment's <c>KeyOf</c> says; null to leave it to that.</summary>
    public string? Key { get; init; }
}
