namespace Spearmint.Domain;

/// <summary>In which order the shadows of a run start.</summary>
public enum ShadowOrder
{
    /// <summary>The order of the configs.</summary>
    Given,

    /// <summary>Another order for each run, so that limits hit all configs alike. A stable hash of the run id and a seed makes it.</summary>
    Random,
}
