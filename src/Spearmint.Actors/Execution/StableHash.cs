using System.Buffers.Binary;

namespace Spearmint.Execution;

/// <summary>Decides about a run by its id, so that the same run is decided alike in every process and on every platform.</summary>
internal static class StableHash
{
    /// <summary>The salt of shadow sampling; strategies that choose have salts from 1 on.</summary>
    public const ulong ShadowSampling = 0;

    /// <summary>The place of an id in [0, 1), evenly spread. It is in a sample of rate r, and of any higher rate, when its place is below r.</summary>
    /// <param name="id">The id.</param>
    /// <param name="salt">Which decision this is: the places that two salts give to an id are independent of each other.</param>
    public static double Share(Guid id, ulong salt)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = Mix(salt ^ Seed);
        hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(bytes));
        hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

        // the upper 53 bits are all that a double can hold exactly
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    // the golden ratio: zero would be mixed to zero
    private const ulong Seed = 0x9E3779B97F4A7C15;

    // fmix64 of MurmurHash3 by Austin Appleby, https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
