using System.Net.Http.Headers;
using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Front;

namespace Spearmint.Host.Targets;

/// <summary>A call of a service, made of a config and an input.</summary>
internal sealed class HttpTarget : ITarget
{
    private const int MostShown = 500;

    public required HttpMethod Method { get; init; }

    public required Template Url { get; init; }

    public required IReadOnlyList<(string Name, Template Value)> Headers { get; init; }

    public required HttpBody? Body { get; init; }

    public required AllowedHosts Hosts { get; init; }

    public required StatusRanges Success { get; init; }

    public required ResponseRules Response { get; init; }

    public required int MaxResponseBytes { get; init; }

    public required Secrets Secrets { get; init; }

    public required HttpClient Client { get; init; }

    public async Task<object?> RunAsync(ExperimentInput input, BranchContext context) => input.Request is { } request
        ? await PassOnAsync(request, input, context)
        : await CallAsync(input, context);

    /// <summary>The address for a config and an input; without one, as it may look.</summary>
    /// <exception cref="TargetException">It is no address, or one that may not be called.</exception>
    public Uri Address(Config config, ExperimentInput? input)
    {
        var text = Url.Expand(config, input);
        if (!text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw new TargetException($"{Url.Source} is no URL for config '{config.Id}'; one is written http://host:port/path.");

        return Hosts.Refuse(address) is { } why ? throw new TargetException($"{Url.Source} may not be called for config '{config.Id}': {Secrets.Scrub(why)}.") : address;
    }

    private async Task<object?> CallAsync(ExperimentInput input, BranchContext context)
    {
        using var request = new HttpRequestMessage(Method, Address(context.Config, input)) { Content = Body?.Make(context.Config, input) };
        AddHeaders(request, context.Config, input);
        var response = await SendAsync(request, context.CancellationToken);
        var answer = Read(response);
        Response.Report(answer.Json, context);
        if (!Success.Includes(response.Status))
            throw new TargetException($"{Method} {Url.Source} answered {Said(response)}{Shown(answer.Text)}");

        return Response.Pick(answer.Json, answer.Text ?? $"({response.Body.Length} bytes that are no text)");
    }

    private async Task<object?> PassOnAsync(FrontRequest front, ExperimentInput input, BranchContext context)
    {
        using var request = front.To(Address(context.Config, input));
        AddHeaders(request, context.Config, input);
        var response = await SendAsync(request, context.CancellationToken);
        if (Response.Metrics.Count > 0)
            Response.Report(Content.Of(response.Body).Json, context);

        // the body of a failure is not in its message: it may differ from one answer to the next
        var passed = new FrontResponse(response, Response.Output, isCompared: input.Experiment.Definition.Compare is not null, Secrets);
        return Success.Includes(response.Status) ? passed : throw new FrontStatusException($"{front.Method} {Url.Source} answered {Said(response)}.", passed);
    }

    private void AddHeaders(HttpRequestMessage request, Config config, ExperimentInput input)
    {
        foreach (var (name, template) in Headers)
        {
            var value = template.Expand(config, input);
            if (!TrySet(request.Headers, name, value) && request.Content is { } content)
                TrySet(content.Headers, name, value);
        }
    }

    // those of a request refuse the names of headers that belong to a body, also to remove them
    private static bool TrySet(HttpHeaders headers, string name, string value)
    {
        if (headers.NonValidated.Contains(name))
            headers.Remove(name);
        return headers.TryAddWithoutValidation(name, value);
    }

    private async Task<ReadResponse> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadResponse.FromAsync(response, MaxResponseBytes, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // nothing of the address but its template: it may hold a secret
            throw new TargetException($"{request.Method} {Url.Source} failed: {Secrets.Scrub(e.Message)}");
        }
        catch (ResponseTooLargeException)
        {
            throw new TargetException($"{request.Method} {Url.Source} answered with more than {MaxResponseBytes} bytes (maxResponseBytes).");
        }
    }

    private (JsonElement? Json, string? Text) Read(ReadResponse response)
    {
        var body = Content.Of(response.Body);
        return (body.Json is { } json ? Secrets.Scrub(json) : null, body.Text is { } text ? Secrets.Scrub(text) : null);
    }

    private string Said(ReadResponse response) => Secrets.Scrub(response.Status is >= 300 and < 400 and not 304
        ? $"{response.Status} {response.Reason} (redirects are not followed)"
        : $"{response.Status} {response.Reason}".TrimEnd());

    private static string Shown(string? body) => string.IsNullOrWhiteSpace(body) ? "." : $": {(body.Length <= MostShown ? body : body[..MostShown] + "...")}";
}
