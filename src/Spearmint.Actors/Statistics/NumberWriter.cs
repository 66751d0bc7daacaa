namespace Spearmint.Statistics;

/// <summary>Writes numbers, small ones in few bytes: seven bits to a byte, the lowest first (LEB128).</summary>
internal sealed class NumberWriter
{
    private readonly List<byte> _bytes = [];

    public void Add(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            _bytes.Add((byte)(number | 0x80));
        _bytes.Add((byte)number);
    }

    public byte[] ToArray() => [.. _bytes];
}
