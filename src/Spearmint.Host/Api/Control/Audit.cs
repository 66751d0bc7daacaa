using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spearmint.Host.Security;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Control;

/// <summary>Keeps what somebody has done, in the store and in the log.</summary>
internal sealed partial class Audit(IBranchStore store, TimeProvider clock, ILogger<Audit> logger)
{
    private static readonly TimeSpan StoreTime = TimeSpan.FromSeconds(2);

    /// <summary>Keeps a change that is in force. A store that is away does not undo it: it must be possible to pause shadows then, and the log has it.</summary>
    /// <param name="user">Who.</param>
    /// <param name="action">What, such as <c>settings.change</c>.</param>
    /// <param name="subject">Of what.</param>
    /// <param name="names">The members that were to be changed.</param>
    /// <param name="before">The settings before.</param>
    /// <param name="after">The settings since.</param>
    public async Task AddAsync<T>(ClaimsPrincipal user, string action, string subject, IReadOnlyList<string> names, T before, T after)
    {
        var details = new JsonObject { ["before"] = Members(before, names), ["after"] = Members(after, names) }.ToJsonString(ApiJson.Options);
        var entry = new AuditEntry(Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow(), Identity.NameOf(user), action, subject, details);
        LogEntry(logger, entry.Who, action, subject, details);
        try
        {
            // not the caller's token: what is done is kept, whether or not anybody waits; on its own, since a store that is locked holds who writes
            await Task.Run(() => store.AddAuditAsync(entry, CancellationToken.None)).WaitAsync(StoreTime, clock);
        }
        catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
        {
            LogLost(logger, entry.Who, action, subject, e);
        }
    }

    private static JsonObject Members<T>(T settings, IReadOnlyList<string> names)
    {
        var all = JsonSerializer.SerializeToNode(settings, ApiJson.Options)!.AsObject();
        return new JsonObject(names.Distinct(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, all[name]?.DeepClone())));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} did {Action} of {Subject}: {Details}")]
    private static partial void LogEntry(ILogger logger, string who, string action, string subject, string details);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Who} did {Action} of {Subject}, which the audit list may lack: the store is away")]
    private static partial void LogLost(ILogger logger, string who, string action, string subject, Exception exception);
}
