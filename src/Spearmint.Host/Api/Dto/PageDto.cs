using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Dto;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">At most as many as asked for; a page may have fewer, or none, where more follow.</param>
/// <param name="Next">The address of the next page, which begins where this one ends whatever has come since; null where there is none.</param>
internal sealed record PageDto<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
internal static class PageDto
{
    public static PageDto<TItem> Of<TRow, TItem>(HttpRequest request, Page<TRow> page, Func<TRow, TItem> item) =>
        new([.. page.Items.Select(item)], page.Next is { } next ? Next(request, next) : null);

    // the same question, further on
    private static string Next(HttpRequest request, Guid before)
    {
        var query = new QueryBuilder(QueryHelpers.ParseQuery(request.QueryString.Value)
            .Where(part => part.Key != "before")
            .SelectMany(part => part.Value, (part, value) => KeyValuePair.Create(part.Key, value ?? "")))
        {
            { "before", before.ToString() },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
