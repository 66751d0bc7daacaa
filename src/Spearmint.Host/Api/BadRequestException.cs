namespace Spearmint.Host.Api;

/// <summary>The request makes no sense.</summary>
/// <param name="message">What is wrong with it, and what would be right.</param>
internal sealed class BadRequestException(string message) : Exception(message);
