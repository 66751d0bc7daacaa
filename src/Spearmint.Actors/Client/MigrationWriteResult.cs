using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What became of a write that the answering store has carried out.</summary>
public sealed class MigrationWriteResult
{
    internal MigrationWriteResult(ExperimentResult<object?> result)
    {
        RunId = result.RunId;
        SettingsVersion = result.SettingsVersion;
        Behind = result.Branches.Skip(1).FirstOrDefault(branch => branch.Status != BranchStatus.Success);
    }

    /// <summary>The id of the run.</summary>
    public Guid RunId { get; }

    /// <summary>The version of the settings that the write was planned with.</summary>
    public long SettingsVersion { get; }

    /// <summary>
    /// The write to the other store, where there was one and it did not succeed: that store is behind for this row until the row is written
    /// or copied again, and when the write timed out it may come late. Null when all stores that the stage writes have the write.
    /// </summary>
    public Branch? Behind { get; }
}
