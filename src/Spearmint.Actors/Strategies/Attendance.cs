namespace Spearmint.Strategies;

/// <summary>How a run stands to its experiment.</summary>
internal enum Attendance
{
    /// <summary>It takes part: the strategy plans it.</summary>
    TakesPart,

    /// <summary>It takes no part and runs the baseline.</summary>
    StaysOut,

    /// <summary>It runs the config that its caller says.</summary>
    Forced,
}
