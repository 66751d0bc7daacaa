namespace Spearmint.Host.Samples;

/// <summary>What <see cref="Compressor"/> is told to do.</summary>
internal sealed record CompressConfig(Codec Codec, Level Level);
