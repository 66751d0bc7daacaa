namespace Spearmint.Host.Targets;

/// <summary>A target did not do what its file calls a success.</summary>
/// <param name="message">What it did, without secrets.</param>
internal class TargetException(string message) : Exception(message);
