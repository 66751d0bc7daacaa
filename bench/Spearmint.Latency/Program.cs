using System.Reflection;
using System.Runtime.InteropServices;
using Akka.Actor;
using Spearmint.Client;
using Spearmint.Latency;
using Spearmint.Sinks;

var options = LatencyOptions.Parse(args);
var system = ActorSystem.Create("latency");
var client = SpearmintClient.For(system);
await client.RegisterSinkAsync("memory", new InMemorySink());

var akka = typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, Akka {akka}");
Console.WriteLine();
await Table.WriteAsync("A primary of 5 ms with shadows of 500 ms", ShadowLoad.Rows(client), options);
await Table.WriteAsync("Shadow 1+1 of 5 ms, compared", ComparisonLoad.Rows(client), options);
var bulkhead = new Bulkhead(client);
await Table.WriteAsync("A function of 5 ms beside a strategy that is stuck", bulkhead.Rows("5 ms", FiveMillisecondsAsync), options);
await Table.WriteAsync("A function that returns at once beside a strategy that is stuck", bulkhead.Rows("at once", () => Task.FromResult(0)), options);
await system.Terminate();

static async Task<int> FiveMillisecondsAsync()
{
    await Task.Delay(5);
    return 0;
}
