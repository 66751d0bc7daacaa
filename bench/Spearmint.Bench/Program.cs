using System.Reflection;
using System.Runtime.InteropServices;
using Akka.Actor;
using Spearmint.Bench;

var quick = args.Contains("--quick");
var rounds = quick ? 1 : 5;
var warmUps = quick ? 1 : 6;
var time = TimeSpan.FromMilliseconds(quick ? 50 : 300);

await using var scenarios = new Scenarios();
var all = await scenarios.AllAsync();
if (args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault() is { } only)
    all = [.. all.Where(scenario => scenario.Sink == "-" || $"{scenario.Name}, {scenario.Sink}, {scenario.Function}".Contains(only))];
var results = new Dictionary<(Scenario, int), List<Measurement>>();

// rounds go through all rows, so that a slow minute of the machine hits every row alike; the first ones only warm up
for (var round = -warmUps; round < rounds; round++)
{
    foreach (var scenario in all)
    {
        foreach (var callers in (int[])[1, 64])
        {
            var measurement = await Measurement.TakeAsync(scenario.Run, callers, time);
            if (round >= 0)
                (results.TryGetValue((scenario, callers), out var list) ? list : results[(scenario, callers)] = []).Add(measurement);
        }
    }
}

var akka = typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, Akka {akka}; medians of {rounds} rounds of {time.TotalMilliseconds:0} ms");
Console.WriteLine("x echo = time over that of the Ask to the echo actor in the same column");
Console.WriteLine();
Console.WriteLine("| what | sink | function | 1 caller us | x echo | CPU us | B | 64 callers us | x echo | CPU us | B |");
Console.WriteLine("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
var echo = all.Single(scenario => scenario.Name.Contains("echo"));
foreach (var scenario in all)
    Console.WriteLine($"| {scenario.Name} | {scenario.Sink} | {scenario.Function} | {Cells(scenario, 1)} | {Cells(scenario, 64)} |");

string Cells(Scenario scenario, int callers)
{
    var measured = Measurement.Median(results[(scenario, callers)]);
    var bare = Measurement.Median(results[(echo, callers)]);
    return $"{measured.Microseconds:0.00} | {measured.Microseconds / bare.Microseconds:0.00} | {measured.CpuMicroseconds:0.00} | {measured.Bytes:0}";
}
