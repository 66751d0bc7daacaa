using Spearmint.Domain;

namespace Spearmint.Host.Api;

/// <summary>Reads the parts of a query, and says what would be right where one is wrong.</summary>
internal static class Query
{
    public const int DefaultLimit = 100;
    public const int MostLimit = 1000;

    private static readonly Dictionary<string, BranchStatus> Statuses =
        Enum.GetValues<BranchStatus>().ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

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
    public static BranchStatus? Status(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return Statuses.TryGetValue(text, out var status)
            ? status
            : throw new BadRequestException($"status is '{text}' and must be one of: {string.Join(", ", Statuses.Keys.Select(CamelCase))}.");
    }

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
