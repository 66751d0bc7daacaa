using System.Globalization;

namespace Spearmint.Host.Configuration;

/// <summary>Where branches are kept, and for how long.</summary>
internal sealed record StorageOptions
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string None = "none";

    private static readonly string[] Kinds = [Sqlite, Postgres, None];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary><c>sqlite</c>, <c>postgres</c> or <c>none</c>.</summary>
    public string Kind { get; init; } = Sqlite;

    /// <summary>How PostgreSQL is reached; null for the others.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>How long branches are kept: above zero.</summary>
    public TimeSpan KeepBranches { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long figures by minute are kept: above zero, at most <see cref="KeepFigures"/>.</summary>
    public TimeSpan KeepMinutes { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long figures by hour and by day, gaps and audits are kept: above zero.</summary>
    public TimeSpan KeepFigures { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How many bytes the branches may use before the oldest go, from 1 MiB.</summary>
    public long MaxBytes { get; init; } = 10L << 30;

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="InvalidOperationException">A value is missing, cannot be read or is out of its range.</exception>
    public static StorageOptions Read(IConfiguration configuration)
    {
        var kind = configuration["Spearmint:Storage"] is { Length: > 0 } text ? text.ToLowerInvariant() : Sqlite;
        if (!Kinds.Contains(kind))
            throw new InvalidOperationException($"Spearmint:Storage is '{kind}' and must be one of: {string.Join(", ", Kinds)}.");

        var connectionString = configuration.GetConnectionString("Spearmint");
        if (kind == Postgres && string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidOperationException(
                "Spearmint:Storage is 'postgres', but ConnectionStrings:Spearmint is missing: Host=localhost;Database=spearmint;Username=spearmint, for example.");
        }

        var defaults = new StorageOptions();
        var keepFigures = ReadTime(configuration, nameof(KeepFigures), defaults.KeepFigures);
        var keepMinutes = ReadTime(configuration, nameof(KeepMinutes), defaults.KeepMinutes < keepFigures ? defaults.KeepMinutes : keepFigures);
        if (keepMinutes > keepFigures)
        {
            throw new InvalidOperationException(
                $"Spearmint:KeepMinutes is {keepMinutes} and must be at most Spearmint:KeepFigures, {keepFigures}: figures by minute are kept by the hour afterwards.");
        }

        return new StorageOptions
        {
            Kind = kind,
            ConnectionString = kind == Postgres ? connectionString : null,
            KeepBranches = ReadTime(configuration, nameof(KeepBranches), defaults.KeepBranches),
            KeepMinutes = keepMinutes,
            KeepFigures = keepFigures,
            MaxBytes = ReadBytes(configuration, defaults.MaxBytes),
        };
    }

    private static TimeSpan ReadTime(IConfiguration configuration, string name, TimeSpan otherwise)
    {
        if (configuration[$"Spearmint:{name}"] is not { Length: > 0 } text)
            return otherwise;

        // a plain number is one of days, for the binder's TimeSpan as for a person
        var time = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            ? days > 0 && days <= Longest.TotalDays ? TimeSpan.FromDays(days) : TimeSpan.Zero
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed : TimeSpan.Zero;
        return time > TimeSpan.Zero && time <= Longest
            ? time
            : throw new InvalidOperationException(
                $"Spearmint:{name} is '{text}' and must be above 0 and at most {Longest.TotalDays} days: a number of days, or a time such as 12:00:00.");
    }

    private static long ReadBytes(IConfiguration configuration, long otherwise)
    {
        const long Least = 1 << 20;
        if (configuration["Spearmint:MaxStorageBytes"] is not { Length: > 0 } text)
            return otherwise;

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= Least
            ? bytes
            : throw new InvalidOperationException($"Spearmint:MaxStorageBytes is '{text}' and must be a whole number from {Least}.");
    }
}
