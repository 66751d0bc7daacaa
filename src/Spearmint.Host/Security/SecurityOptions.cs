namespace Spearmint.Host.Security;

/// <summary>Who may do what, and how much of it, in the section <c>Spearmint</c> of the configuration.</summary>
internal sealed record SecurityOptions
{
    /// <summary>The least characters of a key.</summary>
    public const int ShortestKey = 16;

    private const int Most = 1_000_000;

    /// <summary>The key of the role operator; null to have a token made at the first start.</summary>
    public string? OperatorKey { get; init; }

    /// <summary>The key of the role viewer; null for none.</summary>
    public string? ViewerKey { get; init; }

    /// <summary>Whether the service may listen where other machines reach it.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>How many requests a key, or an address without one, may make each second; as many at once.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>How many wrong keys an address may send each minute; as many at once.</summary>
    public int FailedKeysPerMinute { get; init; } = 20;

    /// <summary>How many connections are open at once.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>How many live feeds are open at once.</summary>
    public int MaxLiveFeeds { get; init; } = 100;

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be read or makes no sense.</exception>
    public static SecurityOptions Read(IConfiguration configuration)
    {
        var read = configuration.GetSection("Spearmint").Get<SecurityOptions>() ?? new SecurityOptions();
        var options = read with { OperatorKey = Given(read.OperatorKey), ViewerKey = Given(read.ViewerKey) };
        RequireKey(nameof(OperatorKey), options.OperatorKey);
        RequireKey(nameof(ViewerKey), options.ViewerKey);
        if (options.OperatorKey is not null && options.OperatorKey == options.ViewerKey)
            throw new InvalidOperationException("Spearmint:OperatorKey and Spearmint:ViewerKey are the same and must differ: a key has one role.");

        RequireRange(nameof(RequestsPerSecond), options.RequestsPerSecond);
        RequireRange(nameof(FailedKeysPerMinute), options.FailedKeysPerMinute);
        RequireRange(nameof(MaxConnections), options.MaxConnections);
        RequireRange(nameof(MaxLiveFeeds), options.MaxLiveFeeds);
        return options;
    }

    private static string? Given(string? key) => string.IsNullOrEmpty(key) ? null : key;

    private static void RequireKey(string name, string? key)
    {
        if (key is null)
            return;

        // never the key itself: what is thrown here is printed
        if (key.Length < ShortestKey)
            throw new InvalidOperationException($"Spearmint:{name} has {key.Length} characters and must have at least {ShortestKey}; for example: openssl rand -hex 32.");
        if (key.Any(character => character is <= ' ' or > '~'))
            throw new InvalidOperationException($"Spearmint:{name} has a character that no header takes: only visible ASCII, without spaces.");
    }

    private static void RequireRange(string name, long value)
    {
        if (value is < 1 or > Most)
            throw new InvalidOperationException($"Spearmint:{name} is {value} and must be from 1 to {Most}.");
    }
}
