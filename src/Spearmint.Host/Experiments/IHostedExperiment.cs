using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Host.Experiments;

/// <summary>An experiment that this host offers: its input is bytes, which is what a request brings.</summary>
internal interface IHostedExperiment
{
    string Name { get; }

    /// <summary>One sentence on what a run does.</summary>
    string Description { get; }

    string StrategyName { get; }

    ConfigSet Configs { get; }

    /// <summary>Where it is written; null where it is written in C#.</summary>
    ExperimentFile? File { get; }

    /// <summary>Runs the experiment where it is registered.</summary>
    /// <exception cref="OverloadedException">Too much is in progress; nothing has run.</exception>
    /// <exception cref="ShuttingDownException">The host is ending.</exception>
    /// <exception cref="UnansweredException">There was no answer although every deadline has passed.</exception>
    /// <exception cref="BranchTimedOutException">The branch that is the answer did not end within its deadline.</exception>
    /// <remarks>Any other exception is what the function threw, as it was thrown.</remarks>
    Task<ByteRun> RunAsync(SpearmintClient client, byte[] input, RunOptions options, CancellationToken cancellationToken);
}

/// <summary>The file that an experiment is written in.</summary>
/// <param name="Path">Its path, relative to the folder of experiments.</param>
/// <param name="Text">What is in it, as it is written; secrets are not in it but named.</param>
/// <param name="LoadedAt">When it was put in force, UTC.</param>
internal sealed record ExperimentFile(string Path, string Text, DateTimeOffset LoadedAt);

/// <summary>What is wrong with a file of the folder of experiments. What was in force before still is.</summary>
/// <param name="Path">Its path, relative to the folder of experiments.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Reason">What is wrong, and what would be right.</param>
/// <param name="At">When it was read, UTC.</param>
internal sealed record FileError(string Path, int Line, int Column, string Reason, DateTimeOffset At);
