using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Spearmint.Host.Configuration;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Security;

/// <summary>Keys, roles and limits in a web application.</summary>
internal static class SecurityExtensions
{
    /// <summary>The scheme that looks for a key first and for a cookie then.</summary>
    private const string Either = "spearmint";

    private const string KeysFolder = "keys";

    private static readonly TimeSpan SessionTime = TimeSpan.FromHours(12);
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(15);

    /// <summary>Opens everything to keys alone, and what the endpoints say to nobody.</summary>
    /// <exception cref="InvalidOperationException">A setting makes no sense.</exception>
    public static void Secure(this WebApplicationBuilder builder, ServiceOptions options)
    {
        var security = SecurityOptions.Read(builder.Configuration);
        ListeningRule.Require(builder.Configuration, security);
        var token = security.OperatorKey is null ? OperatorToken.In(options.DataFolder) : null;

        builder.Services.AddSingleton(security);
        builder.Services.AddSingleton(new Credentials(token));
        builder.Services.AddSingleton(new KeyRing([.. Keys(security, token)]));
        builder.Services.AddSingleton<FailedKeys>();
        builder.Services.AddDataProtection().SetApplicationName("spearmint").PersistKeysToFileSystem(FolderOfKeys(options));
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = CrossSite.TokenHeader;
            antiforgery.SuppressXFrameOptionsHeader = true;
            Protect(antiforgery.Cookie, OwnCookies.Antiforgery);
        });
        builder.Services.AddKeysAndSessions();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Role.Viewer, policy => policy.RequireRole(Role.Viewer, Role.Operator))
            .AddPolicy(Role.Operator, policy => policy.RequireRole(Role.Operator))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Role.Viewer, Role.Operator).Build());
        builder.Services.LimitRate(security);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = security.MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersTime;
        });
    }

    /// <summary>Asks everybody for a key, in the order in which a request is judged.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.RefuseCrossSite();
        app.UseAuthorization();
    }

    private static void AddKeysAndSessions(this IServiceCollection services) => services
        .AddAuthentication(Either)
        .AddPolicyScheme(Either, displayName: null, scheme =>
        {
            scheme.ForwardDefaultSelector = context => Front.IsFor(context) || context.Request.Headers.Authorization.Count > 0
                ? KeyAuthentication.SchemeName
                : CookieAuthenticationDefaults.AuthenticationScheme;
            scheme.ForwardChallenge = KeyAuthentication.SchemeName;
            scheme.ForwardForbid = KeyAuthentication.SchemeName;
        })
        .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null)
        .AddCookie(session =>
        {
            Protect(session.Cookie, OwnCookies.Session);
            session.ExpireTimeSpan = SessionTime;
            session.Events.OnValidatePrincipal = context =>
            {
                if (!Identity.IsValid(context.Principal, context.HttpContext.RequestServices.GetRequiredService<KeyRing>()))
                    context.RejectPrincipal();
                return Task.CompletedTask;
            };
        });

    private static void Protect(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.Path = OwnCookies.Path;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }

    private static IEnumerable<AccessKey> Keys(SecurityOptions options, OperatorToken? token)
    {
        if (options.OperatorKey is { } operatorKey)
            yield return AccessKey.Of("operator-key", Role.Operator, operatorKey);
        if (options.ViewerKey is { } viewerKey)
            yield return AccessKey.Of("viewer-key", Role.Viewer, viewerKey);
        if (token is not null)
            yield return new AccessKey("operator-token", Role.Operator, token.Hash);
    }

    // what signs the cookies is nobody else's to read
    private static DirectoryInfo FolderOfKeys(ServiceOptions options)
    {
        OwnerOnly.CreateFolder(Path.GetFullPath(options.DataFolder));
        return OwnerOnly.CreateFolder(Path.GetFullPath(Path.Combine(options.DataFolder, KeysFolder)));
    }
}
