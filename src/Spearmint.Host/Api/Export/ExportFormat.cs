namespace Spearmint.Host.Api.Export;

/// <summary>What a file of branches is written as.</summary>
internal enum ExportFormat
{
    /// <summary>A JSON object on each line.</summary>
    Jsonl,

    /// <summary>Comma-separated values (RFC 4180) with a line of names.</summary>
    Csv,
}
