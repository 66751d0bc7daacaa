namespace Spearmint.Host.Storage;

/// <summary>A control action that somebody took.</summary>
/// <param name="Id">Unique, and in the order of time.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">The name of the key or token, never itself.</param>
/// <param name="Action">What was done, such as <c>settings.change</c>.</param>
/// <param name="Subject">What it was done to, such as the name of an experiment.</param>
/// <param name="Details">What it was before and after, as JSON without secrets.</param>
internal sealed record AuditEntry(Guid Id, DateTimeOffset At, string Who, string Action, string Subject, string Details);
