namespace Spearmint.Host.Api.Dto;

/// <summary>A key, to be exchanged for a cookie.</summary>
/// <param name="Key">The key.</param>
internal sealed record SessionRequest(string? Key);

/// <summary>Who the caller is.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="Role">What it lets its bearer do: <c>viewer</c> or <c>operator</c>.</param>
/// <param name="AntiforgeryToken">What a session sends in the header X-Spearmint-Antiforgery with every change; null for who sends a key.</param>
internal sealed record SessionDto(string Name, string Role, string? AntiforgeryToken);
