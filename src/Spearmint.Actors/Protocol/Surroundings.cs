using System.Collections.Concurrent;
using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Protocol;

/// <summary>What all parts of one Spearmint share. Made by Spearmint, and public only because the root actor is.</summary>
public sealed class Surroundings
{
    private long _longestDeadline = StrategySettings.Default.Deadline.Ticks;

    internal Surroundings(TimeProvider clock, SpearmintSettings settings, IServiceProvider? services)
    {
        Clock = clock;
        Settings = settings;
        Services = services;
        Chores = new OwnThreads(pace: null, clock);
    }

    internal TimeProvider Clock { get; }

    /// <summary>The settings that Spearmint starts with.</summary>
    internal SpearmintSettings Settings { get; }

    /// <summary>The services of the host, or null where there is none.</summary>
    internal IServiceProvider? Services { get; }

    internal LogInbox Log { get; } = new();

    /// <summary>Threads for what else users have written: the disposal of their services, what they registered on tokens.</summary>
    internal OwnThreads Chores { get; }

    internal InlinePlaces InlinePlaces { get; } = new();

    internal Telemetry Telemetry { get; } = new();

    internal ProcessLoad Load { get; } = new();

    /// <summary>The hooks of all experiments that have one, to be waited for at the shutdown.</summary>
    internal ConcurrentBag<IBranchHook> BranchHooks { get; } = [];

    /// <summary>The longest deadline that a strategy was ever given: what a caller is bound by is longer.</summary>
    internal TimeSpan LongestDeadline => new(Volatile.Read(ref _longestDeadline));

    internal void Extend(TimeSpan deadline)
    {
        var longest = Volatile.Read(ref _longestDeadline);
        while (deadline.Ticks > longest)
        {
            var before = Interlocked.CompareExchange(ref _longestDeadline, deadline.Ticks, longest);
            if (before == longest)
                return;
            longest = before;
        }
    }
}
