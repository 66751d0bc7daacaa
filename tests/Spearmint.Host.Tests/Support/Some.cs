using System.Text;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Support;

/// <summary>Things that a test needs and does not care about.</summary>
internal static class Some
{
    private const int Seed = 17;

    public static DateTimeOffset Time { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Config Config { get; } = Config.From(new { codec = "gzip", level = "fastest" });

    public static byte[] Text { get; } = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Spearmint runs variants side by side. ", 2_000)));

    public static Branch Branch(BranchRole role = BranchRole.Primary, Guid? runId = null, Config? config = null) =>
        Domain.Branch.Start(runId ?? Guid.NewGuid(), "compress-all", "multi_branch", config ?? Config, role, Time);

    public static BranchRecord Record(Branch pending, Branch? ended = null) =>
        new(new BranchStarted(pending), ended is null ? null : new BranchFinished(ended));

    public static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Bytes that every codec is quick with.</summary>
    public static byte[] EasyBytes(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'a');
        return bytes;
    }

    /// <summary>Bytes of which the slowest codec does about a mebibyte per second: neither noise nor repetition.</summary>
    public static byte[] SlowBytes(int length)
    {
        var random = new Random(Seed);
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
            text.Append(random.Next(5_000)).Append(random.Next(4) == 0 ? ",\n" : " ");

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
