using Spearmint.Host.Targets;

namespace Spearmint.Host.Front;

/// <summary>A service has answered with a status that is no success. Whoever sent the request gets the answer all the same.</summary>
/// <param name="message">What it answered, without secrets.</param>
/// <param name="response">The answer.</param>
internal sealed class FrontStatusException(string message, FrontResponse response) : TargetException(message)
{
    public FrontResponse Response { get; } = response;
}
