using System.Net.Http.Headers;
using System.Text.Json;

namespace Spearmint.Samples;

public sealed class FrontSampleTests
{
    private const string Shop = "Spearmint.Samples.Front";
    private const string Key = "operator-key-of-the-tests";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task The_front_of_two_versions_of_a_service_answers_with_the_old_one_and_finds_the_bug_of_the_new_one()
    {
        await using var old = await ServingProcess.StartAsync(Shop, "--version", "1", "--port", "0");
        await using var tried = await ServingProcess.StartAsync(Shop, "--version", "2", "--port", "0");
        var folder = Directory.CreateTempSubdirectory("spearmint-").FullName;

        // the file of the sample, with the ports that were free
        var file = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "experiments", "shop.yaml"));
        await File.WriteAllTextAsync(Path.Combine(folder, "shop.yaml"), file
            .Replace("127.0.0.1:5081", old.Address.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5082", tried.Address.Authority, StringComparison.Ordinal));
        await using var service = await ServiceAsync(folder);
        using var http = Client(service);

        Assert.Equal(900, Json(await http.GetStringAsync("x/shop/quotes/tea?quantity=2")).GetProperty("total").GetInt32());
        Assert.Equal(4050, Json(await http.GetStringAsync("x/shop/quotes/tea?quantity=10")).GetProperty("total").GetInt32());
        using var order = await http.PostAsync("x/shop/orders", new StringContent("""{"item":"tea","quantity":10}""", null, "application/json"));
        Assert.Equal("/orders/1", order.Headers.Location?.OriginalString);

        var shadows = await ComparedAsync(http, count: 2);
        var mismatch = Assert.Single(shadows, shadow => shadow.GetProperty("comparison").GetProperty("verdict").GetString() == "mismatch");
        var total = Assert.Single(
            mismatch.GetProperty("comparison").GetProperty("differences").EnumerateArray(), difference => difference.GetProperty("path").GetString() == "$.body.total");
        Assert.Equal(("4050", "4500"), (total.GetProperty("reference").GetString(), total.GetProperty("compared").GetString()));
    }

    [Fact]
    public async Task A_function_in_CSharp_is_run_as_a_file_says()
    {
        await using var service = await ServiceAsync(Path.Combine(AppContext.BaseDirectory, "experiments"));
        using var http = Client(service);

        using var response = await http.PostAsync("api/v1/experiments/rank/runs", new StringContent("one two two three three three"));

        Assert.Equal("""["three","two","one"]""", Json(await response.Content.ReadAsStringAsync()).GetProperty("output").GetRawText());
    }

    private static Task<ServingProcess> ServiceAsync(string folder) => ServingProcess.StartAsync(
        "Spearmint.Samples.Functions", "--urls", "http://127.0.0.1:0", "--Spearmint:ExperimentsFolder", folder, "--Spearmint:OperatorKey", Key);

    private static HttpClient Client(ServingProcess service) =>
        new() { BaseAddress = service.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };

    // HTTP gives no signal when a shadow has been compared
    private static async Task<JsonElement[]> ComparedAsync(HttpClient http, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var answer = Json(await http.GetStringAsync("api/v1/branches?config=new", patience.Token));
            JsonElement[] shadows = [.. (answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("items")).EnumerateArray()];
            if (shadows.Length == count && shadows.All(shadow => shadow.GetProperty("comparison").ValueKind == JsonValueKind.Object))
                return shadows;

            await Task.Delay(Pause, patience.Token);
        }
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
