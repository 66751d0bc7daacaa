using System.Globalization;
using Spearmint.Domain;

namespace Spearmint.Host.Api;

/// <summary>Reads the parts of a query, and says what would be right where one is wrong.</summary>
internal static class Query
{
    public const int DefaultLimit = 100;
    public const int MostLimit = 1000;

    /// <exception cref="BadRequestException">It is no number, or out of its range.</exception>
    public static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return DefaultLimit;

        return int.TryParse(text, out var limit) && limit is >= 1 and <= MostLimit
            ? limit
            : throw new BadRequestException($"limit is '{text}' and must be a whole number from 1 to {MostLimit}.");
    }

    /// <exception cref="BadRequestException">There is no such status.</exception>
    public static BranchStatus? Status(string? text) => OneOf<BranchStatus>("status", text);

    /// <exception cref="BadRequestException">There is no such value.</exception>
    public static T? OneOf<T>(string name, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return null;

        // by its name: a number, or several joined by commas, would be read too
        foreach (var known in Enum.GetValues<T>())
        {
            if (known.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                return known;
        }

        throw new BadRequestException($"{name} is '{text}' and must be one of: {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}.");
    }

    /// <exception cref="BadRequestException">It is no time.</exception>
    public static DateTimeOffset? Time(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new BadRequestException($"{name} is '{text}' and must be a time such as 2026-11-22T12:00:00Z.");
    }

    /// <exception cref="BadRequestException">It is none that a page has given.</exception>
    public static Guid? Before(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw new BadRequestException($"before is '{text}' and must be what the member next of a page says.");
    }

    /// <exception cref="BadRequestException">It is no branch id.</exception>
    public static Guid BranchId(string text) => Guid.TryParseExact(text, "D", out var id)
        ? id
        : throw new BadRequestException($"'{text}' is no branch id; one looks like 0193e4a7-5b1c-7d2e-8f3a-4b5c6d7e8f90.");

    /// <exception cref="BadRequestException">It is no run id.</exception>
    public static Guid? Run(string? text) => string.IsNullOrEmpty(text) ? null : RunId(text);

    /// <exception cref="BadRequestException">It is no run id.</exception>
    public static Guid RunId(string text) => Guid.TryParseExact(text, "D", out var id)
        ? id
        : throw new BadRequestException($"'{text}' is no run id; one looks like 0193e4a7-5b1c-7d2e-8f3a-4b5c6d7e8f90.");

    /// <summary>An empty part of a query says nothing.</summary>
    public static string? Name(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string CamelCase(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
