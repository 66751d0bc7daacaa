using System.Security.Cryptography;

namespace Spearmint.Host.Security;

/// <summary>The keys that open the API.</summary>
internal sealed class KeyRing(IReadOnlyList<AccessKey> keys)
{
    /// <summary>The key that was presented, or null. It takes as long whichever it is.</summary>
    public AccessKey? Find(string presented)
    {
        var hash = AccessKey.HashOf(presented);
        AccessKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
                found = key;
        }

        return found;
    }

    /// <summary>Whether a session that came of a key may go on: the key is still there, and has the role that it had.</summary>
    public bool Has(string? name, string? role, string? fingerprint) =>
        keys.Any(key => key.Name == name && key.Role == role && key.Fingerprint == fingerprint);
}
