using System.ComponentModel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Security;

namespace Spearmint.Host.Api;

/// <summary>A cookie in the place of a key, for browsers.</summary>
internal static class SessionApi
{
    // nobody who sends it is known yet
    private const int MostBytes = 4096;

    public static void MapSession(this RouteGroupBuilder api)
    {
        api.MapGet("/session", Get).RequireAuthorization(Role.Viewer).WithSummary("Who the caller is, and the token that a session sends with every change");
        api.MapPost("/session", BeginAsync).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithSummary("Exchanges a key for a cookie").Problems(400, 401, 403, 413, 415);
        api.MapDelete("/session", (Delegate)EndAsync).RequireAuthorization(Role.Viewer).WithSummary("Ends the session of the cookie");
    }

    private static Ok<SessionDto> Get(HttpContext context, IAntiforgery antiforgery)
    {
        var isSession = context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
        return TypedResults.Ok(new SessionDto(
            Identity.NameOf(context.User), Identity.RoleOf(context.User)!, isSession ? antiforgery.GetAndStoreTokens(context).RequestToken : null));
    }

    private static async Task<Results<Ok<SessionDto>, EmptyHttpResult>> BeginAsync(
        HttpContext context, [Description("The key.")] SessionRequest request, FailedKeys failed, IAntiforgery antiforgery)
    {
        var (key, isRefused) = failed.Find(context, request.Key ?? "");
        if (isRefused)
        {
            await KeyAuthentication.TooManyAsync(context);
            return TypedResults.Empty;
        }

        if (key is null)
        {
            await Problems.WriteAsync(context, 401, "Not known", "There is no such key.");
            return TypedResults.Empty;
        }

        // the token is for who has the cookie from now on
        context.User = Identity.Of(key, CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, context.User);
        return TypedResults.Ok(new SessionDto(key.Name, key.Role, antiforgery.GetAndStoreTokens(context).RequestToken));
    }

    private static async Task<NoContent> EndAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }
}
