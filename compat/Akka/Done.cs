namespace Akka;

/// <summary>The result of an operation that has nothing else to say.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
