using System.Text.Json;
using System.Text.RegularExpressions;
using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;
using YamlDotNet.RepresentationModel;

namespace Spearmint.Host.Targets;

/// <summary>Reads a <c>target.http</c>.</summary>
internal sealed partial class HttpTargetReader(TargetReading reading, Section section)
{
    private const int DefaultResponseBytes = 1 << 20;
    private const int MostResponseBytes = 64 << 20;

    private static readonly string[] OwnHeaders =
        ["host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect", "proxy-connection"];

    private readonly TemplateReader _templates = new(reading);

    /// <summary>The target; null where something is wrong, and the problems say what.</summary>
    /// <param name="isFront">Whether requests are passed on to it.</param>
    public HttpTarget? Read(bool isFront)
    {
        var before = reading.Problems.Count;
        var urlNode = section.Require("url", "the address to call, such as http://127.0.0.1:8080/score.");
        var url = urlNode is not null && section.TextOf(urlNode, "url") is { } text ? _templates.Url(urlNode, text) : null;
        var hosts = Hosts();
        var headers = Headers();
        var body = Body(headers.Find(header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value?.Source);
        var method = Method(body);
        RefuseTypeOfNothing(body, isFront);
        var response = section.Part("response");
        var success = Success(response, isFront);
        var rules = reading.Response(response);
        response?.Close();
        var bytes = section.Whole("maxResponseBytes", 1, MostResponseBytes);
        var http = reading.Surroundings.Http;
        var client = section.Flag("proxy", otherwise: false) ? http.ByProxy : http.Direct;
        section.Close();
        if (reading.Problems.Count > before || url is null)
            return null;

        var target = new HttpTarget
        {
            Method = method,
            Url = url,
            Headers = headers,
            Body = body,
            Hosts = hosts,
            Success = success,
            Response = rules,
            Client = client,
            MaxResponseBytes = bytes ?? (isFront ? (int)Math.Clamp(reading.Surroundings.MaxBodyBytes, DefaultResponseBytes, MostResponseBytes) : DefaultResponseBytes),
            Secrets = reading.Secrets,
        };
        return CheckAddresses(target, urlNode!, isFront) ? target : null;
    }

    private void RefuseTypeOfNothing(HttpBody? body, bool isFront)
    {
        if (body is not null || isFront || section.Find("body") is not null)
            return;

        foreach (var (key, _) in section.Entries("headers").Where(header => header.Key.Value!.StartsWith("content-", StringComparison.OrdinalIgnoreCase)))
            reading.Problems.Add(key, $"The header {key.Value} is that of a body, and there is no 'body'.");
    }

    private HttpMethod Method(HttpBody? body)
    {
        if (section.Text("method") is not { } method)
            return body is null ? HttpMethod.Get : HttpMethod.Post;
        if (Token().IsMatch(method) && !method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase))
            return HttpMethod.Parse(method.ToUpperInvariant());

        reading.Problems.Add(section.Find("method")!, $"'method' is '{method}' and must be a method of HTTP, such as GET or POST.");
        return HttpMethod.Get;
    }

    private AllowedHosts Hosts()
    {
        var hosts = new AllowedHosts();
        section.Require("hosts", "the list of hosts that may be called, such as [127.0.0.1:8080].");
        foreach (var item in section.List("hosts"))
        {
            if (section.TextOf(item, "hosts") is { } host && !hosts.TryAdd(host))
                reading.Problems.Add(item, $"'{host}' is no host; one is written example.com, example.com:8080 or [::1]:8080, without a scheme or a path.");
        }

        return hosts;
    }

    private List<(string Name, Template Value)> Headers()
    {
        var headers = new List<(string, Template)>();
        foreach (var (key, value) in section.Entries("headers"))
        {
            if (!Token().IsMatch(key.Value!))
                reading.Problems.Add(key, $"'{key.Value}' is no name of a header.");
            else if (OwnHeaders.Contains(key.Value!.ToLowerInvariant()))
                reading.Problems.Add(key, $"The header {key.Value} belongs to the connection and cannot be set.");
            else if (section.TextOf(value, key.Value!) is { } text && _templates.Header(value, text) is { } template)
                headers.Add((key.Value!, template));
        }

        return headers;
    }

    private HttpBody? Body(string? contentType)
    {
        switch (section.Find("body"))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text } node:
                return TextBody(node, text, contentType);
            case var node:
                var before = reading.Problems.Count;
                var templates = new Dictionary<string, Template>(StringComparer.Ordinal);
                var json = YamlJson.Of(node, reading.Problems);
                if (json is null)
                    return null;

                RefuseKeys(node);
                foreach (var scalar in node.AllNodes.OfType<YamlScalarNode>().Where(scalar => scalar.Value?.Contains("{{", StringComparison.Ordinal) == true))
                {
                    if (_templates.Plain(scalar, scalar.Value!) is { } template)
                        templates[scalar.Value!] = template;
                }

                return reading.Problems.Count == before ? new JsonBody(JsonElement.Parse(json), templates) : null;
        }
    }

    private void RefuseKeys(YamlNode node)
    {
        foreach (var key in node.AllNodes.OfType<YamlMappingNode>().SelectMany(mapping => mapping.Children.Keys))
        {
            if (key is YamlScalarNode { Value: { } name } && name.Contains("{{", StringComparison.Ordinal))
                reading.Problems.Add(key, $"The key '{name}' has a placeholder, and only values are filled; write the body as a JSON text if a name is to be filled.");
        }
    }

    private HttpBody? TextBody(YamlScalarNode node, string text, string? contentType)
    {
        var isJson = contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) ?? text.TrimStart() is ['{', not '{', ..] or ['[', ..];
        if (_templates.Plain(node, text) is not { } plain)
            return null;
        if (plain.Only is { Source: PlaceholderSource.Input, Path.Length: 0 })
            return new InputBody();

        var isForm = contentType?.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        return (isJson ? _templates.Json(node, text) : isForm ? _templates.Form(node, text) : plain) is { } template ? new TextBody(template, isJson) : null;
    }

    private StatusRanges Success(Section? response, bool isFront)
    {
        var success = new StatusRanges();
        var items = response?.List("success") ?? [];
        foreach (var item in items)
        {
            if (item is not YamlScalarNode { Value: { } text } || !success.TryAdd(text))
                reading.Problems.Add(item, $"'success' has {Kind.Of(item)}, and its items are statuses such as 200 or ranges such as 200-299.");
        }

        // to whom a redirect or a 404 is passed on, it is an answer like any other
        if (items.Count == 0)
            success.TryAdd(isFront ? "200-499" : "200-299");
        return success;
    }

    private bool CheckAddresses(HttpTarget target, YamlNode node, bool isFront)
    {
        foreach (var config in reading.Configs ?? ConfigSet.Empty)
        {
            try
            {
                var address = target.Address(config, input: null);
                if (isFront && (address.Query.Length > 0 || address.Fragment.Length > 0))
                    throw new TargetException($"{target.Url.Source} has a query or a fragment, and a front adds the path and the query of each request to the URL.");
            }
            catch (TargetException e)
            {
                reading.Problems.Add(node, e.Message);
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}\z")]
    private static partial Regex Token();
}
