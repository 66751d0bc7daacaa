using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Spearmint.Host.Security;

namespace Spearmint.Host.Api;

/// <summary>What the API says of itself, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiExtensions
{
    private const string Key = "key";
    private const string Cookie = "session";

    private static readonly Dictionary<string, string> OfEveryone = new()
    {
        ["401"] = "No key, or a wrong one.",
        ["403"] = "The key has not the role that this needs, or the request comes from another site.",
        ["429"] = "Too many requests, or too many wrong keys; Retry-After says when to come again.",
    };

    public static void DescribeApi(this IServiceCollection services) => services.AddOpenApi("v1", openApi =>
    {
        openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Spearmint",
                Version = "v1",
                Description = "Runs variants of a function side by side, records every execution, and says which is better.",
            };
            document.Servers = null;
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key or the token of the first start." },
                [Cookie] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = "spearmint-session",
                    Description = $"What POST /api/v1/session gives. Changes need the header {CrossSite.TokenHeader} too.",
                },
            };
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            operation.Responses ??= [];
            foreach (var (status, description) in OfEveryone)
                operation.Responses.TryAdd(status, new OpenApiResponse { Description = description, Content = Problem() });

            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] },
                    new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Cookie, context.Document)] = [] },
                ];
            }

            return Task.CompletedTask;
        });
    });

    private static Dictionary<string, OpenApiMediaType> Problem() => new()
    {
        ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
    };
}
