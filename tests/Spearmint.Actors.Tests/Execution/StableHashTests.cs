using System.Buffers.Binary;

namespace Spearmint.Execution;

public sealed class StableHashTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", 0, 0.21232583404649297)]
    [InlineData("00000000-0000-0000-0000-000000000000", ulong.MaxValue, 0.979412745954565)]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", 0, 0.7117900744282522)]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", 1, 0.594026853420732)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", 1, 0.8369319340409394)]
    public void The_share_of_an_id_is_the_same_in_every_process(string id, ulong salt, double share) =>
        Assert.Equal(share, StableHash.Share(Guid.Parse(id), salt));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_shares_of_sequential_ids_are_evenly_spread(ulong salt)
    {
        var cells = new int[100];
        foreach (var id in SequentialIds())
            cells[(int)(StableHash.Share(id, salt) * 100)]++;

        // one in a thousand fair spreads over 100 cells is above 149
        Assert.InRange(ChiSquare(cells), 50, 149);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1UL << 63)]
    public void The_shares_of_two_salts_are_independent(ulong one, ulong other)
    {
        var cells = new int[100];
        foreach (var id in SequentialIds())
            cells[((int)(StableHash.Share(id, one) * 10) * 10) + (int)(StableHash.Share(id, other) * 10)]++;

        Assert.InRange(ChiSquare(cells), 50, 149);
    }

    [Fact]
    public void An_id_says_nothing_of_the_next_one()
    {
        var cells = new int[100];
        foreach (var pair in SequentialIds().Chunk(2))
            cells[((int)(StableHash.Share(pair[0], 0) * 10) * 10) + (int)(StableHash.Share(pair[1], 0) * 10)]++;

        Assert.InRange(ChiSquare(cells), 50, 149);
    }

    [Fact]
    public void What_is_in_a_sample_is_in_every_larger_one()
    {
        var shares = SequentialIds().Select(id => StableHash.Share(id, 0)).ToList();

        Assert.All(shares, share => Assert.InRange(share, 0, Math.BitDecrement(1.0)));
        Assert.InRange(shares.Count(share => share < 0.1), Count * 0.097, Count * 0.103);
    }

    private static double ChiSquare(int[] cells)
    {
        var expected = cells.Sum() / (double)cells.Length;
        return cells.Sum(cell => (cell - expected) * (cell - expected) / expected);
    }

    // as Identifiers makes them: time, a seed of the process, a counter; a millisecond has a hundred of them
    private static IEnumerable<Guid> SequentialIds()
    {
        var bytes = new byte[16];
        for (var number = 0; number < Count; number++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, ((1_772_366_400_000L + (number / 100)) << 16) | 0x7A5C);
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), 0x9D3F_51C2_0000_0000 + (uint)number);
            yield return new Guid(bytes, bigEndian: true);
        }
    }
}
