namespace Spearmint.Domain;

/// <summary>What a deadline may be.</summary>
internal static class Deadlines
{
    public static TimeSpan Check(TimeSpan deadline, string name) => deadline > TimeSpan.Zero && deadline <= StrategySettings.LongestDeadline
        ? deadline
        : throw new ArgumentOutOfRangeException(name, deadline, $"{name} must be above zero and at most one day.");

    public static TimeSpan? Check(TimeSpan? deadline, string name) => deadline is { } set ? Check(set, name) : null;
}
