using System.IO.Compression;
using Spearmint.Host.Support;

namespace Spearmint.Host.Samples;

public sealed class CompressorTests
{
    private readonly Compressor _compressor = new(TimeProvider.System);

    public static TheoryData<string> AllConfigs => [.. CompressSample.Configs.Select(config => config.Id)];

    [Theory]
    [MemberData(nameof(AllConfigs))]
    public void Decompressing_what_a_codec_gives_restores_the_input(string configId)
    {
        var config = Config(configId);
        using var compressed = new MemoryStream();

        Compressor.Compress(Some.Text, config, compressed, CancellationToken.None);

        compressed.Position = 0;
        using var decompressing = Decompressing(config.Codec, compressed);
        using var restored = new MemoryStream();
        decompressing.CopyTo(restored);
        Assert.Equal(Some.Text, restored.ToArray());
    }

    [Theory]
    [MemberData(nameof(AllConfigs))]
    public async Task The_sizes_are_those_of_the_input_and_of_the_compressed_bytes(string configId)
    {
        var config = Config(configId);
        using var compressed = new MemoryStream();
        Compressor.Compress(Some.Text, config, compressed, CancellationToken.None);

        var result = await _compressor.MeasureAsync(Some.Text, config, CancellationToken.None);

        Assert.Equal((config.Codec, config.Level), (result.Codec, result.Level));
        Assert.Equal(Some.Text.Length, result.InputBytes);
        Assert.Equal(compressed.Length, result.OutputBytes);
        Assert.Equal((double)result.InputBytes / result.OutputBytes, result.Ratio, 0.001);
        Assert.True(result.DurationMs > 0);
    }

    [Fact]
    public async Task Noise_has_a_ratio_below_one()
    {
        var result = await _compressor.MeasureAsync(Some.RandomBytes(10_000), new CompressConfig(Codec.Gzip, Level.Smallest), CancellationToken.None);

        Assert.True(result.Ratio < 1, $"{result}");
    }

    [Fact]
    public async Task No_bytes_have_a_ratio_of_zero()
    {
        var result = await _compressor.MeasureAsync([], new CompressConfig(Codec.Deflate, Level.Fastest), CancellationToken.None);

        Assert.Equal(0, result.Ratio);
    }

    [Fact]
    public async Task A_cancelled_token_ends_it() =>
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _compressor.MeasureAsync(Some.Text, new CompressConfig(Codec.Brotli, Level.Smallest), new CancellationToken(canceled: true)));

    private static CompressConfig Config(string id) => CompressSample.Configs[CompressSample.Configs.IndexOf(id)].Get<CompressConfig>()!;

    private static Stream Decompressing(Codec codec, Stream compressed) => codec switch
    {
        Codec.Gzip => new GZipStream(compressed, CompressionMode.Decompress),
        Codec.Deflate => new DeflateStream(compressed, CompressionMode.Decompress),
        Codec.Zlib => new ZLibStream(compressed, CompressionMode.Decompress),
        _ => new BrotliStream(compressed, CompressionMode.Decompress),
    };
}
