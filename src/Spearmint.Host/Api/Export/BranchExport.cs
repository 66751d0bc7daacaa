using System.Globalization;
using System.Text;
using System.Text.Json;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Storage;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Export;

/// <summary>Writes branches into an answer as they are read, a page at a time, however many there are.</summary>
internal static class BranchExport
{
    private const int PageSize = 500;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static async Task WriteAsync(
        HttpResponse response, IBranchStore store, BranchFilter filter, ExportFormat format, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // before the answer begins, so that a store that is away is a problem like any other
        var page = await store.ListBranchesAsync(filter, before: null, PageSize, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"spearmint-branches-{now:yyyyMMdd-HHmmss}.{(format == ExportFormat.Csv ? "csv" : "jsonl")}");
        response.ContentType = format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        var records = AllAsync(store, filter, page, cancellationToken);
        await (format == ExportFormat.Csv ? WriteCsvAsync(response, records) : WriteLinesAsync(response, records, cancellationToken));
    }

    private static async IAsyncEnumerable<BranchRecord> AllAsync(
        IBranchStore store, BranchFilter filter, Page<BranchRecord> page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var record in page.Items)
                yield return record;

            if (page.Next is not { } before)
                yield break;

            page = await store.ListBranchesAsync(filter, before, PageSize, cancellationToken);
        }
    }

    private static async Task WriteLinesAsync(HttpResponse response, IAsyncEnumerable<BranchRecord> records, CancellationToken cancellationToken)
    {
        await foreach (var record in records)
        {
            await response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(BranchDto.From(record), ApiJson.Options), cancellationToken);
            await response.BodyWriter.WriteAsync(NewLine, cancellationToken);
        }
    }

    private static async Task WriteCsvAsync(HttpResponse response, IAsyncEnumerable<BranchRecord> records)
    {
        await using var text = new StreamWriter(response.Body, Utf8, leaveOpen: true);
        await using var csv = new BranchCsv(text);
        csv.WriteNames();
        await foreach (var record in records)
            await csv.WriteAsync(BranchDto.From(record));
    }
}
