using Spearmint.Chaos;

var options = ChaosOptions.Parse(args);
var console = Console.Out;
console.WriteLine($"seed {options.Seed}");

// the log of the ActorSystem goes to the console, and is full of workers that are killed; what matters in it is looked at
Console.SetOut(TextWriter.Null);
var report = await new Storm(options).RageAsync();
report.Write(console);
return report.IsClean ? 0 : 1;
