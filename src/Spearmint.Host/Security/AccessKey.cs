using System.Security.Cryptography;
using System.Text;

namespace Spearmint.Host.Security;

/// <summary>A key that opens the API, of which only the hash is known.</summary>
/// <param name="Name">What the audit list calls it.</param>
/// <param name="Role">A name of <see cref="Security.Role"/>.</param>
/// <param name="Hash">Its SHA-256, 32 bytes.</param>
internal sealed record AccessKey(string Name, string Role, byte[] Hash)
{
    /// <summary>What a session that came of it carries, to end when the key changes. It is a hash of the hash, which opens nothing.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Hash));

    public static AccessKey Of(string name, string role, string key) => new(name, role, HashOf(key));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
