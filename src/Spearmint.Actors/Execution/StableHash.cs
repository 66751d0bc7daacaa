using System.Buffers.Binary;
using System.Text;

namespace Spearmint.Execution;

/// <summary>
/// Decides about a run by its id, or about a key, so that the same one is decided alike in every process and on every platform. Words of
/// eight bytes are mixed in one after the other with the finaliser of MurmurHash3. It is not meant to withstand somebody who chooses keys to
/// get a certain place.
/// </summary>
internal static class StableHash
{
    /// <summary>The salt of shadow sampling; strategies that choose between others have salts from 1 on, all others count down from the highest.</summary>
    public const ulong ShadowSampling = 0;

    /// <summary>The salt of who takes part.</summary>
    public const ulong Participation = ulong.MaxValue;

    /// <summary>The salt of a choice by weights.</summary>
    public const ulong Weighted = ulong.MaxValue - 1;

    /// <summary>The salt of a choice with even chances.</summary>
    public const ulong Random = ulong.MaxValue - 2;

    /// <summary>The salt of the salts that configs have in a sticky choice.</summary>
    public const ulong Sticky = ulong.MaxValue - 3;

    /// <summary>The salt of the order of shadows.</summary>
    public const ulong ShadowOrder = ulong.MaxValue - 4;

    /// <summary>The salt of the noise arm.</summary>
    public const ulong Noise = ulong.MaxValue - 5;

    // the golden ratio: zero would be mixed to zero
    private const ulong Seed = 0x9E3779B97F4A7C15;

    private const int MaxOnStack = 256;

    /// <summary>The place of an id in [0, 1), evenly spread. It is in a sample of rate r, and of any higher rate, when its place is below r.</summary>
    /// <param name="id">The id.</param>
    /// <param name="salt">Which decision this is: the places that two salts give to an id are independent of each other.</param>
    public static double Share(Guid id, ulong salt) => Share(Hash(id, salt));

    /// <summary>The place of a key in [0, 1), as that of an id. Keys are compared by their UTF-8 bytes.</summary>
    /// <param name="key">The key.</param>
    /// <param name="salt">Which decision this is.</param>
    public static double Share(string key, ulong salt) => Share(Hash(key, salt));

    /// <summary>A hash of a text by its UTF-8 bytes, which may be the salt of other decisions.</summary>
    public static ulong Hash(string text, ulong salt)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = longest <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[longest];
        return Hash(bytes[..Encoding.UTF8.GetBytes(text, bytes)], salt);
    }

    /// <summary>
    /// Brings places into an order that depends on an id and a seed, each order as likely as any other. The shuffle of R. Durstenfeld,
    /// Algorithm 235 (1964), on a sequence of hashes.
    /// </summary>
    public static void Shuffle(Span<int> places, Guid id, long seed)
    {
        var hash = Hash(id, Mix(ShadowOrder ^ (ulong)seed));
        for (var last = places.Length - 1; last > 0; last--)
        {
            hash = Mix(hash + Seed);
            var other = (int)(((hash >> 32) * (ulong)(last + 1)) >> 32);
            (places[last], places[other]) = (places[other], places[last]);
        }
    }

    // the upper 53 bits are all that a double can hold exactly
    private static double Share(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    private static ulong Hash(Guid id, ulong salt)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = Mix(salt ^ Seed);
        hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes, ulong salt)
    {
        // with the length, so that the zeros that fill the last word up are not taken for a part of it
        var hash = Mix(Mix(salt ^ Seed) ^ (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(bytes));
        if (bytes.IsEmpty)
            return hash;

        Span<byte> rest = stackalloc byte[8];
        rest.Clear();
        bytes.CopyTo(rest);
        return Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(rest));
    }

    // fmix64 of MurmurHash3 by Austin Appleby, https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
