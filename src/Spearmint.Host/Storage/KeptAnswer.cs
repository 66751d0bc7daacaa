namespace Spearmint.Host.Storage;

/// <summary>What is kept of a run that was asked for with a key.</summary>
/// <param name="Fingerprint">What the request was, so that another one is known.</param>
/// <param name="Status">The HTTP status of the answer; null while there is none.</param>
/// <param name="Body">The answer as it was sent; null while there is none, and where it was too large to be kept.</param>
internal sealed record KeptAnswer(byte[] Fingerprint, int? Status, byte[]? Body);
