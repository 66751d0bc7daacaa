namespace Spearmint.Host.Api;

/// <summary>The request makes sense, and cannot be done as things are.</summary>
/// <param name="status">The status that says so.</param>
/// <param name="title">What it is.</param>
/// <param name="message">Why, and what would do.</param>
internal sealed class RefusedException(int status, string title, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Title { get; } = title;
}
