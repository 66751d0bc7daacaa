using System.IO.Compression;

namespace Spearmint.Host.Samples;

/// <summary>Compresses bytes to see how small they get and how long it takes.</summary>
internal sealed class Compressor(TimeProvider clock)
{
    // small enough that a cancelled run ends soon: the slowest codec does this much in some 50 ms
    private const int ChunkBytes = 64 * 1024;

    /// <summary>The function under test. It computes on the calling thread, as such functions do.</summary>
    public Task<CompressResult> MeasureAsync(byte[] input, CompressConfig config, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var output = new CountingStream();
        Compress(input, config, output, cancellationToken);
        return Task.FromResult(new CompressResult(
            config.Codec, config.Level, input.Length, output.Length,
            Math.Round((double)input.Length / Math.Max(1, output.Length), 3),
            Math.Round(clock.GetElapsedTime(start).TotalMilliseconds, 3)));
    }

    internal static void Compress(byte[] input, CompressConfig config, Stream output, CancellationToken cancellationToken)
    {
        using var compressing = Open(config, output);
        for (var done = 0; done < input.Length; done += ChunkBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            compressing.Write(input, done, Math.Min(ChunkBytes, input.Length - done));
        }
    }

    private static Stream Open(CompressConfig config, Stream output) => config.Codec switch
    {
        Codec.Gzip => new GZipStream(output, LevelOf(config), leaveOpen: true),
        Codec.Deflate => new DeflateStream(output, LevelOf(config), leaveOpen: true),
        Codec.Zlib => new ZLibStream(output, LevelOf(config), leaveOpen: true),
        Codec.Brotli => new BrotliStream(output, LevelOf(config), leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Codec, "There is no such codec."),
    };

    private static CompressionLevel LevelOf(CompressConfig config) => config.Level switch
    {
        Level.Fastest => CompressionLevel.Fastest,
        Level.Optimal => CompressionLevel.Optimal,
        Level.Smallest => CompressionLevel.SmallestSize,
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Level, "There is no such level."),
    };
}
