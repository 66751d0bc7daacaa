namespace Spearmint.Statistics;

/// <summary>Reads what <see cref="NumberWriter"/> has written.</summary>
internal ref struct NumberReader(ReadOnlySpan<byte> bytes)
{
    private const int MostBits = 63;

    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    /// <exception cref="FormatException">The bytes end in the middle of a number, or it has more than 64 bits.</exception>
    public ulong Next()
    {
        var number = 0UL;
        for (var bits = 0; bits <= MostBits && !_left.IsEmpty; bits += 7)
        {
            var part = _left[0];
            _left = _left[1..];
            number |= (ulong)(part & 0x7F) << bits;
            if (part < 0x80)
                return number;
        }

        throw new FormatException("The bytes do not hold the number that they begin.");
    }
}
