namespace Spearmint.Bench;

/// <summary>One row of the table.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Sink">The sink that the events go to.</param>
/// <param name="Function">How the function completes.</param>
/// <param name="Run">One operation.</param>
internal sealed record Scenario(string Name, string Sink, string Function, Func<Task> Run);
