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

    // computed by another program from the description
    [Theory]
    [InlineData("", 0, 0.3889744943069434)]
    [InlineData("a", 0, 0.15278886841826356)]
    [InlineData("a", 1, 0.16762655073395982)]
    [InlineData("user-42", ulong.MaxValue, 0.4733660312642378)]
    [InlineData("12345678", 0, 0.9982419643505508)]
    [InlineData("123456789", 0, 0.4522094140505388)]
    [InlineData("Zoë 🙂", 0, 0.9075389032082506)]
    public void The_share_of_a_key_is_the_same_in_every_process(string key, ulong salt, double share) =>
        Assert.Equal(share, StableHash.Share(key, salt));

    [Fact]
    public void A_key_may_be_of_any_length() => Assert.Equal(0.9339955213340989, StableHash.Share(new string('x', 300), 0));

    [Fact]
    public void A_key_with_a_zero_at_its_end_is_another_key() => Assert.NotEqual(StableHash.Share("a", 0), StableHash.Share("a\0", 0));

    [Theory]
    [InlineData(0)]
    [InlineData(StableHash.Participation)]
    public void The_shares_of_numbered_keys_are_evenly_spread(ulong salt)
    {
        var cells = new int[100];
        for (var number = 0; number < Count; number++)
            cells[(int)(StableHash.Share($"user-{number}", salt) * 100)]++;

        Assert.InRange(ChiSquare(cells), 50, 149);
    }

    [Theory]
    [InlineData(StableHash.ShadowSampling, StableHash.Participation)]
    [InlineData(StableHash.Participation, StableHash.Weighted)]
    [InlineData(StableHash.Random, StableHash.Sticky)]
    public void The_shares_that_two_salts_give_to_keys_are_independent(ulong one, ulong other)
    {
        var cells = new int[100];
        for (var number = 0; number < Count; number++)
            cells[((int)(StableHash.Share($"user-{number}", one) * 10) * 10) + (int)(StableHash.Share($"user-{number}", other) * 10)]++;

        Assert.InRange(ChiSquare(cells), 50, 149);
    }

    // computed by another program from the description
    [Theory]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", 0, new[] { 3, 4, 2, 1, 0 })]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057", 1, new[] { 1, 4, 3, 2, 0 })]
    [InlineData("00000000-0000-0000-0000-000000000000", -1, new[] { 1, 0, 2, 4, 3 })]
    public void The_order_of_an_id_and_a_seed_is_the_same_in_every_process(string id, long seed, int[] order)
    {
        int[] places = [0, 1, 2, 3, 4];

        StableHash.Shuffle(places, Guid.Parse(id), seed);

        Assert.Equal(order, places);
    }

    [Fact]
    public void Each_order_is_as_likely_as_any_other()
    {
        var orders = new Dictionary<string, int>();
        foreach (var id in SequentialIds())
        {
            int[] places = [0, 1, 2, 3];
            StableHash.Shuffle(places, id, seed: 7);
            var order = string.Concat(places);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        // one in a thousand fair spreads over 24 cells is above 49.7
        Assert.Equal(24, orders.Count);
        Assert.InRange(ChiSquare([.. orders.Values]), 7, 50);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1UL << 63)]
    [InlineData(1, StableHash.Weighted)]
    [InlineData(StableHash.ShadowSampling, StableHash.Participation)]
    [InlineData(StableHash.Weighted, StableHash.Random)]
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
