using System.Globalization;
using Spearmint.Domain;

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

    /// <summary>What the service keeps, its database among it, lies here; relative to the folder that the service is started in.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Where the experiments in files are; relative to the folder that the service is started in.</summary>
    public string ExperimentsFolder { get; init; } = "experiments";

    /// <summary>The port that <c>/x/</c> is on, and nothing else; null for every port, with everything else.</summary>
    public int? FrontPort { get; init; }

    /// <summary>How long branches may take to end when the service ends: above zero, at most 50 s.</summary>
    // internal, so that the binder leaves it alone: it would take 10 for ten days
    internal TimeSpan DrainTimeout { get; private init; } = SpearmintSettings.Default.DrainTimeout;

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be read or is out of its range.</exception>
    public static ServiceOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Spearmint");
        var options = (section.Get<ServiceOptions>() ?? new ServiceOptions()) with { DrainTimeout = ReadDrainTimeout(section[nameof(DrainTimeout)]) };
        RequireRange(nameof(RecordedBranches), options.RecordedBranches, MostRecordedBranches);
        RequireRange(nameof(MaxBodyBytes), options.MaxBodyBytes, MostBodyBytes);
        RequireRange(nameof(FrontPort), options.FrontPort ?? 1, ushort.MaxValue);
        return options;
    }

    private static TimeSpan ReadDrainTimeout(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return SpearmintSettings.Default.DrainTimeout;

        try
        {
            return (SpearmintSettings.Default with { DrainTimeout = ReadTime(text) }).DrainTimeout;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidOperationException(
                $"Spearmint:{nameof(DrainTimeout)} is '{text}' and must be above 0 and at most 50 seconds: a number of seconds, or a time such as 00:00:10.");
        }
    }

    private static TimeSpan ReadTime(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static void RequireRange(string name, long value, long most)
    {
        if (value < 1 || value > most)
            throw new InvalidOperationException($"Spearmint:{name} is {value} and must be from 1 to {most}.");
    }
}
