using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Spearmint.Host.Support;

namespace Spearmint.Host.Front;

/// <summary>Requests that are passed on to real servers.</summary>
public sealed class FrontTests
{
    [Fact]
    public async Task A_request_goes_to_every_config_and_is_answered_by_the_primary()
    {
        await using var old = await Upstream.JsonAsync("""{"price":1,"id":"a"}""");
        await using var tried = await Upstream.JsonAsync("""{"price":2,"id":"b"}""");
        await using var service = await StartAsync(old, tried, "compare: {ignorePaths: {ids: $.body.id}}\nrecord: {input: true}");

        Assert.Equal("""{"price":1,"id":"a"}""", await service.Front.GetStringAsync("shop/items/7?q=tea&token=hush"));

        var run = await EndedAsync(service, branches: 2);
        Assert.Equal(["old", "new"], run.Branches().Select(branch => branch.Text("configId")));
        Assert.Equal(200, run.Branches()[1].GetProperty("output").GetProperty("status").GetInt32());
        var compared = await service.BranchesAsync(branches => branches[0].GetProperty("comparison").ValueKind != JsonValueKind.Null, "?config=new");
        var difference = Assert.Single(compared[0].GetProperty("comparison").GetProperty("differences").EnumerateArray());
        Assert.Equal(("$.body.price", "1", "2"), (difference.Text("path"), difference.Text("reference"), difference.Text("compared")));
        Assert.Equal("/items/7?q=tea&token=hush", Assert.Single(old.Requests).Target);
        Assert.Equal("/items/7?q=tea&token=hush", Assert.Single(tried.Requests).Target);
        foreach (var branch in run.Branches())
        {
            var detail = await service.Http.GetJsonAsync($"branches/{branch.Text("branchId")}");
            Assert.Equal("/items/7", detail.GetProperty("input").Text("path"));
            Assert.DoesNotContain("hush", detail.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_of_the_answer_is_passed_back()
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.Response.StatusCode = 203;
            context.Response.Headers.Append("Set-Cookie", (string[])["a=1, b; Path=/", "c=2"]);
            context.Response.Headers["X-Name"] = "value, with a comma";
            context.Response.Headers["Connection"] = "X-Hop";
            context.Response.Headers["X-Hop"] = "not passed on";
            context.Response.Headers.Server = "upstream";
            context.Response.ContentType = "application/octet-stream";
            await context.Response.Body.WriteAsync((byte[])[0, 255, 1]);
        });
        await using var service = await StartAsync(upstream);

        using var response = await service.Front.GetAsync("shop");

        Assert.Equal(HttpStatusCode.NonAuthoritativeInformation, response.StatusCode);
        Assert.Equal(["a=1, b; Path=/", "c=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("value, with a comma", Assert.Single(response.Headers.GetValues("X-Name")));
        Assert.Equal("upstream", response.Headers.Server.ToString());
        Assert.False(response.Headers.Contains("X-Hop"));
        Assert.Equal([0, 255, 1], await response.Content.ReadAsByteArrayAsync());
        var output = (await EndedAsync(service, 1)).Branches()[0].GetProperty("output").GetProperty("body");
        Assert.Equal(3, output.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public async Task The_cookies_of_this_service_reach_no_other_and_no_other_sets_them()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.Append("Set-Cookie", (string[])["a=1; Path=/", "spearmint-session=x; Path=/api", "spearmint-sessionC1=x", "spearmint-antiforgery=x"]);
            return Task.CompletedTask;
        });
        await using var service = await StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "shop");
        request.Headers.Add("Cookie", "spearmint-session=chunks-1; a=1; spearmint-sessionC1=CfDJ8; b=spearmint-session=; spearmint-antiforgery=CfDJ8");
        using var own = new HttpRequestMessage(HttpMethod.Get, "shop");
        own.Headers.Add("Cookie", "spearmint-session=CfDJ8");

        using var response = await service.Front.SendAsync(request);
        using var other = await service.Front.SendAsync(own);

        Assert.Equal(["a=1; b=spearmint-session=", ""], upstream.Requests.Select(sent => sent.Headers.Cookie.ToString()));
        Assert.Equal(["a=1; Path=/"], response.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task With_a_port_of_its_own_a_front_is_there_alone_and_nothing_else_is_there()
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(
            upstream, settings: ["--Spearmint:FrontPort", $"{port}", "--urls", $"http://127.0.0.1:0;http://127.0.0.1:{port}"]);
        var (here, there) = (new Uri(service.Http.BaseAddress!, "/"), new Uri($"http://127.0.0.1:{port}/"));

        Assert.Equal("1", await service.Front.GetStringAsync(new Uri(there, "x/shop")));
        foreach (var address in (Uri[])[new(here, "x/shop"), new(there, "api/v1/runs"), new(there, "healthz"), new(there, "openapi/v1.json")])
        {
            using var response = await service.Http.GetAsync(address);
            await response.ProblemAsync(HttpStatusCode.NotFound);
        }

        Assert.Single((await service.Http.GetJsonAsync("experiments")).EnumerateArray());
    }

    [Fact]
    public async Task A_request_is_passed_on_with_its_headers_and_its_body()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Patch, "shop/a%2Fb/%252e/%C3%B6?x=%20y&z=" + new string('q', 6000)) { Content = new ByteArrayContent([0, 255]) };
        request.Headers.Host = "shop.test";
        request.Headers.Add("Authorization", "Bearer of-the-client");
        request.Headers.Add("Cookie", "a=1; b=2");
        request.Headers.Add("X-Many", (string[])["1", "2"]);
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("Connection", "X-Hop");
        request.Headers.Add("X-Hop", "not passed on");
        request.Headers.ExpectContinue = true;
        request.Content.Headers.Add("Content-Type", "application/x-odd; a=b");

        using var response = await service.Front.SendAsync(request);

        Assert.Equal("1", await response.Content.ReadAsStringAsync());
        var (method, target, headers, body) = Assert.Single(upstream.Requests);
        Assert.Equal(("PATCH", "/a%2Fb/%252e/%C3%B6?x=%20y&z=" + new string('q', 6000)), (method, target));
        Assert.Equal((upstream.HostAndPort, "Bearer of-the-client", "a=1; b=2"), (headers.Host.ToString(), headers.Authorization.ToString(), headers.Cookie.ToString()));
        Assert.Equal("1,2", headers["X-Many"].ToString().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("203.0.113.9, 127.0.0.1", headers["X-Forwarded-For"].ToString());
        Assert.Equal(("http", "shop.test"), (headers["X-Forwarded-Proto"].ToString(), headers["X-Forwarded-Host"].ToString()));
        Assert.Equal("application/x-odd; a=b", headers.ContentType.ToString());
        Assert.All((string[])["X-Hop", "Expect"], name => Assert.False(headers.ContainsKey(name)));
        Assert.Equal([0, 255], body);
    }

    [Theory]
    [InlineData("GET", "", 2)]
    [InlineData("HEAD", "", 2)]
    [InlineData("POST", "", 1)]
    [InlineData("DELETE", "", 1)]
    [InlineData("POST", "front: {shadowMethods: [POST]}", 2)]
    [InlineData("GET", "front: {shadowMethods: [POST]}", 1)]
    public async Task Only_what_changes_nothing_is_sent_twice_unless_the_file_says_otherwise(string method, string front, int sent)
    {
        await using var old = await Upstream.JsonAsync("1");
        await using var tried = await Upstream.JsonAsync("2");
        await using var service = await StartAsync(old, tried, front);

        using var request = new HttpRequestMessage(new HttpMethod(method), "shop");
        using var response = await service.Front.SendAsync(request);

        Assert.Equal(method == "HEAD" ? "" : "1", await response.Content.ReadAsStringAsync());
        Assert.Equal(sent, (await EndedAsync(service, sent)).Branches().Length);
        Assert.Equal((1, sent - 1), (old.Requests.Count, tried.Requests.Count));
    }

    [Theory]
    [InlineData("first_success")]
    [InlineData("{type: hedge, delay: 1ms}")]
    [InlineData("{type: sampled, rate: 1, inner: first_success}")]
    public async Task A_strategy_that_tries_several_gets_one_of_what_changes_something(string strategy)
    {
        await using var old = await Upstream.JsonAsync("1");
        await using var tried = await Upstream.JsonAsync("2");
        await using var service = await StartAsync(old, tried, strategy: strategy);

        using var response = await service.Front.PostAsync("shop", new ByteArrayContent([1]));

        Assert.Equal("1", await response.Content.ReadAsStringAsync());
        Assert.Single((await EndedAsync(service, 1)).Branches());
        Assert.Empty(tried.Requests);
    }

    [Fact]
    public async Task Round_robin_answers_with_one_config_after_the_other()
    {
        await using var old = await Upstream.JsonAsync("1");
        await using var tried = await Upstream.JsonAsync("2");
        await using var service = await StartAsync(old, tried, strategy: "round_robin");

        string[] answers = [await service.Front.GetStringAsync("shop"), await service.Front.GetStringAsync("shop"), await service.Front.GetStringAsync("shop")];

        Assert.Equal(["1", "2", "1"], answers);
    }

    [Theory]
    [InlineData(404, "", "success")]
    [InlineData(404, "{\"error\":\"no such item\"}", "success")]
    [InlineData(429, "slow down", "success")]
    [InlineData(500, "oops", "failed")]
    [InlineData(503, "", "failed")]
    public async Task Whatever_the_service_answers_is_passed_back_and_only_a_fault_of_its_own_fails_the_branch(int status, string body, string outcome)
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await using var service = await StartAsync(upstream);

        using var response = await service.Front.GetAsync("shop/nothing");

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Null(response.Content.Headers.ContentType);
        var branch = Assert.Single((await EndedAsync(service, 1)).Branches());
        Assert.Equal(outcome, branch.Text("status"));
        if (outcome == "success")
            Assert.Equal(status, branch.GetProperty("output").GetProperty("status").GetInt32());
        else
            Assert.Matches($"^GET {{{{config.url}}}} answered {status} [A-Za-z ]+\\.$", branch.GetProperty("error").Text("message"));
    }

    [Theory]
    [InlineData(204, "GET")]
    [InlineData(304, "GET")]
    [InlineData(302, "GET")]
    [InlineData(200, "HEAD")]
    public async Task An_answer_without_a_body_is_passed_back(int status, string method)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.ETag = "\"tag\"";
            context.Response.Headers.Location = "http://elsewhere.test/";
            if (method == "HEAD")
                context.Response.ContentLength = 123_456_789;
            return Task.CompletedTask;
        });
        await using var service = await StartAsync(upstream);
        using var request = new HttpRequestMessage(new HttpMethod(method), "shop");

        using var response = await service.Front.SendAsync(request);

        Assert.Equal((status, "\"tag\"", "http://elsewhere.test/"), ((int)response.StatusCode, response.Headers.ETag?.Tag, response.Headers.Location?.OriginalString));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        if (method == "HEAD")
            Assert.Equal(123_456_789, response.Content.Headers.ContentLength);
        Assert.Equal(1, (await EndedAsync(service, 1)).Count("success"));
    }

    [Fact]
    public async Task A_packed_body_is_passed_back_packed_and_compared_unpacked()
    {
        await using var fastest = await Packed(CompressionLevel.Fastest);
        await using var none = await Packed(CompressionLevel.NoCompression);
        await using var service = await StartAsync(fastest, none, "compare: true");

        using var response = await service.Front.GetAsync("shop");

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        await using var unpacked = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal("""{"a":1}""", await reader.ReadToEndAsync());
        var compared = await service.BranchesAsync(
            branches => branches.Length == 1 && branches[0].GetProperty("comparison").ValueKind != JsonValueKind.Null, "?config=new");
        Assert.Equal("match", compared[0].GetProperty("comparison").Text("verdict"));

        static Task<Upstream> Packed(CompressionLevel level) => Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packing = new GZipStream(context.Response.Body, level);
            await packing.WriteAsync("{\"a\":1}"u8.ToArray());
        });
    }

    [Fact]
    public async Task A_primary_that_cannot_be_reached_is_502()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream);
        await upstream.DisposeAsync();

        using var response = await service.Front.GetAsync("shop");

        // who asks is not told where the service is
        var problem = await response.ProblemAsync(HttpStatusCode.BadGateway);
        Assert.DoesNotContain("127.0.0.1", problem.ToString(), StringComparison.Ordinal);
        var branch = Assert.Single((await service.Http.GetEndedRunAsync(problem.Text("runId"))).Branches());
        Assert.StartsWith("GET {{config.url}} failed: ", branch.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_primary_that_does_not_answer_in_time_is_504()
    {
        await using var upstream = await Upstream.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var service = await StartAsync(upstream, more: "settings: {deadline: 100ms}");

        using var response = await service.Front.GetAsync("shop");

        await response.ProblemAsync(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Too_many_requests_at_once_are_503()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await Upstream.StartAsync(context =>
        {
            reached.TrySetResult();
            return gate.Task;
        });
        await using var service = await StartAsync(upstream, more: "settings: {maxConcurrentRuns: 1}");
        var first = service.Front.GetAsync("shop");
        await reached.Task;

        using var second = await service.Front.GetAsync("shop");
        gate.SetResult();

        await second.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.True(second.Headers.Contains("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task A_shadow_that_fails_or_is_not_there_changes_nothing()
    {
        await using var old = await Upstream.JsonAsync("1");
        await using var tried = await Upstream.JsonAsync("2");
        await using var service = await StartAsync(old, tried);
        await tried.DisposeAsync();

        Assert.Equal("1", await service.Front.GetStringAsync("shop"));

        var run = await EndedAsync(service, 2);
        Assert.Equal((1, 1), (run.Count("success"), run.Count("failed")));
    }

    [Fact]
    public async Task Only_experiments_that_say_so_have_a_front()
    {
        await using var service = await FileService.StartAsync(
            ("shop.yaml", "name: shop\nstrategy: shadow\nconfigs: [{codec: gzip}]\ntarget: {code: compress}"));

        using var shop = await service.Front.GetAsync("shop/a");
        using var none = await service.Front.GetAsync("none/a");

        Assert.Contains("says 'front: true'", (await shop.ProblemAsync(HttpStatusCode.NotFound)).Text("detail"), StringComparison.Ordinal);
        // who has no key is not told what there is
        Assert.DoesNotContain("'shop'", (await none.ProblemAsync(HttpStatusCode.NotFound)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_to_HTTP_2_is_an_offer_that_need_not_be_taken()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "shop");
        request.Headers.Add("Connection", "Upgrade, HTTP2-Settings");
        request.Headers.Add("Upgrade", "h2c");
        request.Headers.Add("HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA");

        using var response = await service.Front.SendAsync(request);

        Assert.Equal("1", await response.Content.ReadAsStringAsync());
        var (_, _, headers, _) = Assert.Single(upstream.Requests);
        Assert.All((string[])["Upgrade", "HTTP2-Settings"], name => Assert.False(headers.ContainsKey(name)));
    }

    [Theory]
    [InlineData("\"a \\ud800\"")]
    [InlineData("{\"\\uDC00\":1}")]
    [InlineData("{\"a\":[\"\\ud83d\"]}")]
    public async Task JSON_with_half_a_character_is_passed_back_and_recorded_as_a_text(string body)
    {
        await using var upstream = await Upstream.JsonAsync(body);
        await using var service = await StartAsync(upstream, http: "headers: {X-Path: '{{env.PATH}}'}\n    response: {metrics: {a: $.a}}");

        Assert.Equal(body, await service.Front.GetStringAsync("shop"));
        using var called = await service.Http.PostRunAsync("shop", Some.Text);

        Assert.Equal(body, (await called.JsonAsync()).Text("output"));
        var branches = await service.BranchesAsync(found => found.Length == 2);
        Assert.Equal(body, (await service.Http.GetEndedRunAsync(branches[1].Text("runId"))).Branches()[0].GetProperty("output").Text("body"));
    }

    [Theory]
    [InlineData("", "sha256")]
    [InlineData("compare: true", "bytes of JSON")]
    public async Task A_large_answer_is_recorded_by_its_length_unless_it_is_compared(string more, string has)
    {
        var body = $"{{\"numbers\":[{string.Join(',', Enumerable.Range(0, 20_000))}]}}";
        await using var upstream = await Upstream.JsonAsync(body);
        await using var service = await StartAsync(upstream, more);

        Assert.Equal(body, await service.Front.GetStringAsync("shop"));

        var output = (await EndedAsync(service, 1)).Branches()[0].GetProperty("output").ToString();
        Assert.Contains(has, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_is_501()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "shop");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "h2c, WebSocket");

        using var response = await service.Front.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.NotImplemented);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("/x/shop/%2e%2e/admin", "404")]
    [InlineData("/x/shop/a%2f..%2f..%2fadmin", "400")]
    [InlineData("/x/shop/../../admin", "401")]
    [InlineData("/x/shop/../shop/a", "400")]
    [InlineData("/x/shop/a/../b", "400")]
    public async Task A_path_that_leads_out_of_the_service_is_refused(string target, string status)
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream);

        Assert.StartsWith($"HTTP/1.1 {status} ", await SendRawAsync(service, $"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream, settings: ["--Spearmint:MaxBodyBytes", "10"]);

        using var response = await service.Front.PostAsync("shop", new ByteArrayContent(new byte[11]));

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_header_of_the_file_is_sent_in_the_place_of_the_clients()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await StartAsync(upstream, http: "headers: {X-Key: of the file}");
        service.Front.DefaultRequestHeaders.Add("X-Key", "of the client");

        await service.Front.GetStringAsync("shop");

        Assert.Equal("of the file", Assert.Single(upstream.Requests).Headers["X-Key"].ToString());
    }

    private static Task<FileService> StartAsync(Upstream only, string more = "", string http = "", string[]? settings = null) =>
        StartAsync(more, "shadow", http, settings ?? [], ("old", only));

    private static Task<FileService> StartAsync(Upstream old, Upstream tried, string more = "", string strategy = "{type: shadow, primary: old}") =>
        StartAsync(more, strategy, "", [], ("old", old), ("new", tried));

    private static Task<FileService> StartAsync(string more, string strategy, string http, string[] settings, params (string Id, Upstream Upstream)[] versions)
    {
        var configs = string.Join(", ", versions.Select(version => $"{{id: {version.Id}, url: '{version.Upstream.Address}'}}"));
        var hosts = string.Join(", ", versions.Select(version => $"'{version.Upstream.HostAndPort}'"));
        var front = more.Contains("front:", StringComparison.Ordinal) ? "" : "front: true";
        return FileService.StartAsync(settings, [("shop.yaml", $$$"""
            name: shop
            strategy: {{{strategy}}}
            configs: [{{{configs}}}]
            target:
              http:
                url: "{{config.url}}"
                hosts: [{{{hosts}}}]
                {{{http}}}
            {{{front}}}
            {{{more}}}
            """)]);
    }

    private static async Task<JsonElement> EndedAsync(FileService service, int branches)
    {
        var all = await service.BranchesAsync(found => found.Length == branches);
        return await service.Http.GetEndedRunAsync(all[0].Text("runId"));
    }

    // as no client would write it
    private static async Task<string> SendRawAsync(FileService service, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(service.Front.BaseAddress!.Host, service.Front.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
