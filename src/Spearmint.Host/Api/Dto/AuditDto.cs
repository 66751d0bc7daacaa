using System.Text.Json;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Dto;

/// <summary>A control action that somebody took.</summary>
/// <param name="Id">Unique, and in the order of time.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">The name of the key, never itself.</param>
/// <param name="Action">What was done, such as <c>settings.change</c>.</param>
/// <param name="Subject">What it was done to, such as the name of an experiment.</param>
/// <param name="Details">The changed members, <c>before</c> and <c>after</c>.</param>
internal sealed record AuditDto(Guid Id, DateTime At, string Who, string Action, string Subject, JsonElement Details)
{
    public static AuditDto From(AuditEntry entry) => new(entry.Id, entry.At.UtcDateTime, entry.Who, entry.Action, entry.Subject, JsonElement.Parse(entry.Details));
}
