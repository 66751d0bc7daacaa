using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Runs;

/// <summary>What a request to run says beside its body.</summary>
internal sealed class RunRequest
{
    private const int LongestKey = 255;

    [FromHeader(Name = "Idempotency-Key"), Description("A text of the caller's own, 1 to 255 visible ASCII characters: a request with the same one is answered again and runs nothing.")]
    public string? IdempotencyKey { get; init; }

    [FromHeader(Name = "X-Spearmint-Key"), Description("Whom the run is for, which decides who takes part and, where the strategy is sticky, which config runs.")]
    public string? KeyHeader { get; init; }

    [FromQuery(Name = "key"), Description("The same as X-Spearmint-Key, which wins.")]
    public string? KeyQuery { get; init; }

    [FromQuery(Name = "config"), Description("The id of the config to run, whatever the strategy would choose.")]
    public string? Config { get; init; }

    [FromQuery(Name = "deadlineMs"), Description("How long the caller waits at most, in milliseconds, above 0 and at most a day; the deadline of the settings by default.")]
    public string? DeadlineMs { get; init; }

    private string? Key => Query.Name(KeyHeader) ?? Query.Name(KeyQuery);

    /// <exception cref="BadRequestException">A part makes no sense.</exception>
    /// <exception cref="UnknownNameException">There is no such config.</exception>
    public RunOptions Options(IHostedExperiment experiment)
    {
        if (Query.Name(Config) is { } config && experiment.Configs.All(known => known.Id != config))
            throw new UnknownNameException("config", config, experiment.Configs.Select(known => known.Id));

        return new RunOptions { Key = Key, ForcedConfigId = Query.Name(Config), Deadline = Deadline() };
    }

    /// <summary>The idempotency key; null where there is none.</summary>
    /// <exception cref="BadRequestException">It is too long, or has what a header has not.</exception>
    public string? Once()
    {
        if (IdempotencyKey is not { } key)
            return null;

        return key.Length is >= 1 and <= LongestKey && key.All(character => character is > ' ' and <= '~')
            ? key
            : throw new BadRequestException($"Idempotency-Key must have 1 to {LongestKey} visible ASCII characters, without spaces.");
    }

    /// <summary>What must be the same in a request that comes again.</summary>
    public byte[] Fingerprint(byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(body));
        hash.AppendData(Encoding.UTF8.GetBytes($"{Key}\n{Config}\n{DeadlineMs}"));
        return hash.GetHashAndReset();
    }

    private TimeSpan? Deadline()
    {
        if (string.IsNullOrEmpty(DeadlineMs))
            return null;

        return double.TryParse(DeadlineMs, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds > 0 && milliseconds <= StrategySettings.LongestDeadline.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new BadRequestException($"deadlineMs is '{DeadlineMs}' and must be a number of milliseconds above 0 and at most a day (86400000).");
    }
}
