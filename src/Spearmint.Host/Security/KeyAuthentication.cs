using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Spearmint.Host.Api;
using AuthenticationHeaderValue = System.Net.Http.Headers.AuthenticationHeaderValue;

namespace Spearmint.Host.Security;

/// <summary>Knows callers by <c>Authorization: Bearer KEY</c> (RFC 6750), and says what is missing to those who may not.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, FailedKeys failed)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    private const string Bearer = "Bearer";
    private const string RetryAfterSeconds = "60";

    private bool _isRefused;
    private bool _isWrong;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // another scheme is no key, and no guess at one
        if (Front.IsFor(Context) || !AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        (var key, _isRefused) = failed.Find(Context, header.Parameter ?? "");
        if (key is not null)
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Identity.Of(key, SchemeName), SchemeName)));

        _isWrong = !_isRefused;
        return Task.FromResult(AuthenticateResult.Fail(_isRefused ? "too many wrong keys" : "wrong key"));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isRefused)
            return TooManyAsync(Context);

        Response.Headers.WWWAuthenticate = _isWrong ? """Bearer realm="spearmint", error="invalid_token" """.TrimEnd() : """Bearer realm="spearmint" """.TrimEnd();
        return Problems.WriteAsync(
            Context, 401, "Not known",
            _isWrong
                ? "There is no such key. Send one of Spearmint:OperatorKey, Spearmint:ViewerKey or the token that the first start has printed."
                : "A key is needed: send it as 'Authorization: Bearer KEY', or exchange it for a cookie at POST /api/v1/session.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.WriteAsync(
        Context, 403, "Not allowed", $"This needs the role {Role.Operator}; the key has the role {Identity.RoleOf(Context.User)}.");

    /// <summary>Says that no new key of this client is looked at for now.</summary>
    public static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problems.WriteAsync(context, 429, "Too many wrong keys", $"Too many wrong keys came from this address; for now none is looked at that was not right from there before. Try again in {RetryAfterSeconds} s.");
    }
}
