using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using Spearmint.Domain;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

public sealed class ExperimentFilesTests
{
    private const string Bad = "name: shop\nstrategy: nope\nconfigs: [{codec: gzip}]\ntarget: {code: compress}";

    [Fact]
    public async Task A_file_is_an_experiment_like_any_other()
    {
        await using var service = await FileService.StartAsync(("shop.yaml", Compress("shop", "gzip")));

        var run = await service.Http.RunAsync("shop", Some.Text);

        Assert.Equal("gzip", run.GetProperty("output").Text("codec"));
        Assert.Equal(("shop", "shadow"), (run.Text("experiment"), run.Text("strategy")));
        var listed = Assert.Single((await service.Http.GetJsonAsync("experiments")).EnumerateArray());
        Assert.Equal(("shop", "Compresses.", "shadow"), (listed.Text("name"), listed.Text("description"), listed.Text("strategy")));
        var recorded = await service.Http.GetEndedRunAsync(run.Text("runId"));
        Assert.Equal("gzip", recorded.Branches()[0].GetProperty("output").Text("codec"));
        var file = service.Registry.Find("shop").File!;
        Assert.Equal(("shop.yaml", Compress("shop", "gzip")), (file.Path, file.Text));
    }

    [Fact]
    public async Task A_file_that_changes_is_in_force_for_the_next_run()
    {
        await using var service = await FileService.StartAsync(("shop.yaml", Compress("shop", "gzip")));

        await service.WriteAsync("shop.yaml", Compress("shop", "brotli", "settings: {deadline: 3s}"));
        await service.UntilAsync(registry => Codec(registry.Find("shop")) == "brotli");

        Assert.Equal("brotli", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
        Assert.Equal(TimeSpan.FromSeconds(3), (await service.Client.GetSettingsAsync("shop")).Settings.Deadline);
    }

    [Fact]
    public async Task A_live_change_lasts_until_the_file_changes()
    {
        await using var service = await FileService.StartAsync(("shop.yaml", Compress("shop", "gzip")));
        await service.Client.ChangeSettingsAsync("shop", settings => settings with { ShadowsPaused = true, Deadline = TimeSpan.FromSeconds(7) });

        await service.WriteAsync("other.yaml", Compress("other", "gzip"));
        await service.UntilAsync(registry => registry.All.Count == 2);
        Assert.True((await service.Client.GetSettingsAsync("shop")).Settings.ShadowsPaused);

        await service.WriteAsync("shop.yaml", Compress("shop", "zlib"));
        await service.UntilAsync(registry => Codec(registry.Find("shop")) == "zlib");
        Assert.False((await service.Client.GetSettingsAsync("shop")).Settings.ShadowsPaused);
    }

    [Fact]
    public async Task A_rotation_goes_on_when_the_file_changes_in_another_part()
    {
        const string Rotate = "name: shop\nstrategy: round_robin\nconfigs: [{id: a, codec: gzip}, {id: b, codec: zlib}, {id: c, codec: brotli}]\ntarget: {code: compress}\n";
        await using var service = await FileService.StartAsync(("shop.yaml", Rotate));
        Assert.Equal("a", Assert.Single((await service.Http.RunAsync("shop", Some.Text)).Branches()).Text("configId"));

        await service.WriteAsync("shop.yaml", Rotate + "description: changed");
        await service.UntilAsync(registry => registry.Find("shop").Description == "changed");

        Assert.Equal("b", Assert.Single((await service.Http.RunAsync("shop", Some.Text)).Branches()).Text("configId"));
    }

    [Fact]
    public async Task A_file_that_turns_bad_leaves_the_old_version_in_force_and_its_error_goes_when_it_is_good_again()
    {
        await using var service = await FileService.StartAsync(("shop.yaml", Compress("shop", "gzip")));

        await service.WriteAsync("shop.yaml", Bad);
        await service.UntilAsync(registry => registry.Errors.Count > 0);

        var error = Assert.Single(service.Registry.Errors);
        Assert.Equal(("shop.yaml", 2, 11), (error.Path, error.Line, error.Column));
        Assert.StartsWith("There is no strategy 'nope'. Known: shadow,", error.Reason, StringComparison.Ordinal);
        Assert.Equal("gzip", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));

        await service.WriteAsync("shop.yaml", Compress("shop", "zlib"));
        await service.UntilAsync(registry => registry.Errors.Count == 0);
        Assert.Equal("zlib", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
    }

    [Fact]
    public async Task A_bad_file_keeps_neither_the_service_nor_another_file_from_starting()
    {
        await using var service = await FileService.StartAsync(("a.yaml", Bad), ("b.yml", Compress("good", "gzip")), ("c.json", "{"), ("d.txt", "x"), (".e.yaml", "x"));

        Assert.Equal(["good"], service.Registry.All.Select(experiment => experiment.Name));
        Assert.Equal(["a.yaml", "c.json"], service.Registry.Errors.Select(error => error.Path).Distinct());
    }

    [Fact]
    public async Task A_file_that_is_gone_takes_its_experiment_along_and_may_come_back()
    {
        await using var service = await FileService.StartAsync(("shop.yaml", Compress("shop", "gzip")));
        await service.Http.RunAsync("shop", Some.Text);

        File.Delete(service.Folder["shop.yaml"]);
        await service.UntilAsync(registry => registry.All.Count == 0);
        using (var gone = await service.Http.PostRunAsync("shop", Some.Text))
            await gone.ProblemAsync(HttpStatusCode.NotFound);

        await service.WriteAsync("again.yaml", Compress("shop", "brotli"));
        await service.UntilAsync(registry => registry.All.Count == 1);
        Assert.Equal("brotli", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
    }

    [Fact]
    public async Task A_name_belongs_to_the_first_file_until_that_is_gone()
    {
        await using var service = await FileService.StartAsync(("a.yaml", Compress("shop", "gzip")), ("b.yaml", Compress("shop", "brotli")));
        Assert.Equal("gzip", Codec(service.Registry.Find("shop")));
        Assert.Equal(("b.yaml", 1, 7), service.Registry.Errors.Select(error => (error.Path, error.Line, error.Column)).Single());
        Assert.Contains("is that of a.yaml", service.Registry.Errors[0].Reason, StringComparison.Ordinal);

        File.Delete(service.Folder["a.yaml"]);
        await service.UntilAsync(registry => registry.Errors.Count == 0);

        Assert.Equal("brotli", Codec(service.Registry.Find("shop")));
    }

    [Fact]
    public async Task A_file_that_is_renamed_keeps_its_experiment()
    {
        await using var service = await FileService.StartAsync(("a.yaml", Compress("shop", "gzip")));

        File.Move(service.Folder["a.yaml"], service.Folder["b.yaml"]);
        await service.UntilAsync(registry => registry.All.Count == 1 && registry.All[0].File!.Path == "b.yaml");

        Assert.Empty(service.Registry.Errors);
        Assert.Equal("gzip", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
    }

    [Fact]
    public async Task Two_files_may_swap_their_names()
    {
        await using var service = await FileService.StartAsync(("a.yaml", Compress("shop", "gzip")), ("b.yaml", Compress("cart", "brotli")));

        await service.WriteAsync("a.yaml", Compress("cart", "gzip"));
        await service.WriteAsync("b.yaml", Compress("shop", "brotli"));
        await service.UntilAsync(registry => registry.All.Count == 2 && Codec(registry.Find("shop")) == "brotli" && Codec(registry.Find("cart")) == "gzip");

        Assert.Empty(service.Registry.Errors);
        Assert.Equal("brotli", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
    }

    [Fact]
    public async Task A_name_may_move_to_a_file_before_or_after_its_own_in_one_change()
    {
        await using var service = await FileService.StartAsync(("b.yaml", Compress("shop", "gzip")));

        foreach (var (file, other) in ((string, string)[])[("a.yaml", "cart"), ("c.yaml", "list")])
        {
            var before = service.Registry.Find("shop").File!.Path;
            await service.WriteAsync(file, Compress("shop", "zlib"));
            await service.WriteAsync(before, Compress(other, "brotli"));
            await service.UntilAsync(registry => registry.Errors.Count == 0 && registry.All.Any(experiment => experiment.Name == "shop" && experiment.File!.Path == file));
        }

        Assert.Equal("zlib", (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").Text("codec"));
    }

    [Fact]
    public async Task The_name_of_an_experiment_in_CSharp_is_taken()
    {
        var inCode = ByteExperiment.Of<Nothing, int>("shop", "", (_, _, _) => Task.FromResult(17), new([Config.From(new Nothing())]), Strategy.RoundRobin);
        await using var service = await FileService.StartAsync([], [("shop.yaml", Compress("shop", "gzip"))], inCode);

        Assert.Contains("is that of an experiment in C#", Assert.Single(service.Registry.Errors).Reason, StringComparison.Ordinal);
        Assert.Equal(17, (await service.Http.RunAsync("shop", Some.Text)).GetProperty("output").GetInt32());
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_found()
    {
        using var folder = new TemporaryFolder();
        var later = folder["later"];
        await using var service = await FileService.StartAsync(["--Spearmint:ExperimentsFolder", later], []);

        Directory.CreateDirectory(later);
        await File.WriteAllTextAsync(Path.Combine(later, "shop.yaml"), Compress("shop", "gzip"));

        await service.UntilAsync(registry => registry.All.Count == 1);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00 }, "no text in UTF-8")]
    [InlineData(null, "more than 1048576 bytes")]
    public async Task A_file_that_is_no_text_or_too_large_is_an_error(byte[]? bytes, string reason)
    {
        await using var service = await FileService.StartAsync();

        await File.WriteAllBytesAsync(service.Folder["shop.yaml"], bytes ?? Some.EasyBytes((1 << 20) + 1));
        await service.UntilAsync(registry => registry.Errors.Count > 0);

        Assert.Contains(reason, service.Registry.Errors[0].Reason, StringComparison.Ordinal);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_pipe_in_the_folder_is_not_waited_for()
    {
        using var folder = new TemporaryFolder();
        using (var made = Process.Start("mkfifo", [folder["pipe.yaml"]]))
            await made.WaitForExitAsync();
        File.CreateSymbolicLink(folder["link.yaml"], folder["pipe.yaml"]);
        await File.WriteAllTextAsync(folder["shop"], Compress("shop", "gzip"));
        File.CreateSymbolicLink(folder["shop.yaml"], folder["shop"]);

        await using var service = await FileService.StartAsync(["--Spearmint:ExperimentsFolder", folder.Path], []).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("shop", Assert.Single(service.Registry.All).Name);
        Assert.Equal(["link.yaml", "pipe.yaml"], service.Registry.Errors.Select(error => error.Path));
    }

    [Fact]
    public async Task Files_above_the_most_are_said_to_be_left_out()
    {
        await using var service = await FileService.StartAsync([.. Enumerable.Range(1, 502).Select(file => ($"{file:000}.yaml", "name: x"))]);

        Assert.StartsWith("2 files, from this one on by name, are not read", Assert.Single(service.Registry.Errors, error => error.Path == "501.yaml").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Registry.Errors, error => error.Path == "502.yaml");
    }

    [Fact]
    public async Task Changes_under_load_fail_no_run_and_every_run_is_run_by_one_version()
    {
        const int Clients = 8;
        const int Versions = 6;
        await using var service = await FileService.StartAsync(("shop.yaml", Version(0)));
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var seen = new List<string>();
            bool isLast;
            do
            {
                // one more that is asked for when the last version is in force
                isLast = stop.IsCancellationRequested;
                var run = await service.Http.RunAsync("shop", Encoding.UTF8.GetBytes("x"));
                var branch = Assert.Single(run.Branches());
                seen.Add(branch.Text("configId"));
            }
            while (!isLast);

            return seen;
        })).ToList();

        for (var version = 1; version < Versions; version++)
        {
            await service.WriteAsync("shop.yaml", Version(version));
            await service.UntilAsync(registry => registry.Find("shop").Configs[0].Id == $"v{version}");
        }

        await stop.CancelAsync();
        var seen = await Task.WhenAll(clients);
        Assert.Empty(service.Registry.Errors);
        Assert.All(seen, ids => Assert.Equal($"v{Versions - 1}", ids[^1]));
        Assert.DoesNotContain(seen.SelectMany(ids => ids), id => id.StartsWith("never", StringComparison.Ordinal));

        // with the weights of another version, every config would have the weight 1
        static string Version(int version) =>
            $$"""
            name: shop
            strategy: weighted
            configs: [{id: v{{version}}, codec: gzip}, {id: never{{version}}, codec: zlib}]
            settings: { weights: { v{{version}}: 1, never{{version}}: 0 } }
            target: { code: compress }
            """;
    }

    [Fact]
    public async Task A_run_that_has_begun_ends_with_the_version_that_it_began_with()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var old = await Upstream.StartAsync(async context =>
        {
            reached.TrySetResult();
            await gate.Task;
            await context.Response.Body.WriteAsync("old"u8.ToArray());
        });
        await using var upstream = await Upstream.JsonAsync("\"new\"");
        await using var service = await FileService.StartAsync(("shop.yaml", Http(old)));
        var running = service.Http.RunAsync("shop", Some.Text);
        await reached.Task;

        await service.WriteAsync("shop.yaml", Http(upstream));
        await service.UntilAsync(registry => registry.Find("shop").File!.Text == Http(upstream));
        Assert.Equal("new", (await service.Http.RunAsync("shop", Some.Text)).Text("output"));
        gate.SetResult();

        Assert.Equal("old", (await running).Text("output"));

        static string Http(Upstream upstream) =>
            $"name: shop\nstrategy: shadow\nconfigs: [{{}}]\ntarget: {{http: {{url: '{upstream.Address}', hosts: ['{upstream.HostAndPort}']}}}}";
    }

    [Fact]
    public async Task A_secret_in_a_config_is_not_in_the_text_of_the_file_that_is_shown()
    {
        await using var service = await FileService.StartAsync(
            ("shop.yaml", "name: shop\nstrategy: shadow\nconfigs: [{apiKey: sk-very-secret, codec: gzip}]\ntarget: {code: compress}"));

        Assert.Contains("apiKey: ***", service.Registry.Find("shop").File!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_blotted_out_of_the_text_of_the_file_however_they_are_written()
    {
        const string Text = """
            name: shop # a name
            strategy: shadow
            configs:
              - id: a
                apiKey: "sk-one\\u0021 two"
                password: |
                  sk-block
                  sk-lines

                deep: { pin: 4711, note: sk-plain, list: [sk-item, 'sk''s'] }
                maxTokens: 800
                token: >-
                  sk-folded
                url: URL
            secrets: [deep.pin, deep.list]
            target:
              http:
                url: "{{config.url}}"
                hosts: [127.0.0.1]
                headers:
                  Authorization: Basic sk-basic
                  X-Api-Key: "{{env.PATH}}"
                  X-Auth: "Bearer {{config.token}}"
                  Cookie: 'sid=sk-cookie'
                body: { client_secret: sk-body, tokens: 5, text: "hi" }
            """;
        await using var service = await FileService.StartAsync(("shop.yaml", Text.Replace("URL", "http://127.0.0.1/", StringComparison.Ordinal)));
        Assert.Empty(service.Registry.Errors);

        var shown = service.Registry.Find("shop").File!.Text;

        Assert.Equal(
            """
            name: shop # a name
            strategy: shadow
            configs:
              - id: a
                apiKey: "***"
                password: ***

                deep: { pin: ***, note: sk-plain, list: [***, "***"] }
                maxTokens: 800
                token: ***
                url: http://127.0.0.1/
            secrets: [deep.pin, deep.list]
            target:
              http:
                url: "{{config.url}}"
                hosts: [127.0.0.1]
                headers:
                  Authorization: ***
                  X-Api-Key: "{{env.PATH}}"
                  X-Auth: "Bearer {{config.token}}"
                  Cookie: "***"
                body: { client_secret: ***, tokens: 5, text: "hi" }
            """, shown);
        Assert.Equal(shown, (await service.Http.GetJsonAsync("experiments/shop/definition")).Text("text"));
    }

    private static string Compress(string name, string codec, string more = "") =>
        $"name: {name}\ndescription: Compresses.\nstrategy: shadow\nconfigs: [{{codec: {codec}}}]\ntarget: {{code: compress}}\n{more}";

    private static string Codec(IHostedExperiment experiment) => experiment.Configs[0].Get<string>("codec")!;

    private sealed record Nothing;
}
