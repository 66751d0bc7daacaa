namespace Spearmint.Host.Configuration;

/// <summary>The section <c>Spearmint</c> of the configuration.</summary>
internal sealed record ServiceOptions
{
    private const int MostRecordedBranches = 10_000_000;
    private const long MostBodyBytes = 1L << 30;

    /// <summary>How many branches are kept in memory, at least 1; the oldest makes room for the newest.</summary>
    public int RecordedBranches { get; init; } = 10_000;

    /// <summary>The largest input that a run takes, in bytes, from 1 to 1 GiB.</summary>
    public long MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="InvalidOperationException">A value is no number or out of its range.</exception>
    public static ServiceOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("Spearmint").Get<ServiceOptions>() ?? new ServiceOptions();
        RequireRange(nameof(RecordedBranches), options.RecordedBranches, MostRecordedBranches);
        RequireRange(nameof(MaxBodyBytes), options.MaxBodyBytes, MostBodyBytes);
        return options;
    }

    private static void RequireRange(string name, long value, long most)
    {
        if (value < 1 || value > most)
            throw new InvalidOperationException($"Spearmint:{name} is {value} and must be from 1 to {most}.");
    }
}
