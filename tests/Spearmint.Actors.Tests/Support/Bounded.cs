namespace Spearmint.Support;

internal static class Bounded
{
    /// <summary>The task, failing instead of hanging.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Gate.Patience);

    /// <inheritdoc cref="Soon{T}" />
    public static Task Soon(this Task task) => task.WaitAsync(Gate.Patience);
}
