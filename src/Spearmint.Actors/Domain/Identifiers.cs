using System.Security.Cryptography;

namespace Spearmint.Domain;

/// <summary>
/// Ids for runs and branches: version 7 UUIDs (RFC 9562) made of the time, a random seed per process and a counter. Unlike
/// <see cref="Guid.CreateVersion7()"/> they cost no system call each, and within a process they are in the order of their making.
/// </summary>
internal static class Identifiers
{
    // 42 bits tell processes apart that make an id in the same millisecond; 32 bits of counter tell apart what one process makes in it
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static int _counter;

    public static Guid Next(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var counter = (uint)Interlocked.Increment(ref _counter);
        return new Guid(
            (int)(milliseconds >> 16),
            (short)milliseconds,
            (short)(0x7000 | (Seed & 0x0FFF)),
            (byte)(0x80 | ((Seed >> 12) & 0x3F)),
            (byte)(Seed >> 18),
            (byte)(Seed >> 26),
            (byte)(Seed >> 34),
            (byte)(counter >> 24),
            (byte)(counter >> 16),
            (byte)(counter >> 8),
            (byte)counter);
    }
}
