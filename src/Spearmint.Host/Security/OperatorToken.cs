using System.Buffers.Text;
using System.Security.Cryptography;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Security;

/// <summary>The token of the role operator, which is made at the first start. The file has its hash only.</summary>
internal sealed class OperatorToken
{
    public const string FileName = "operator-token";
    public const string Prefix = "spm_";

    private const int Bytes = 32;

    private OperatorToken(string path, byte[] hash, string? text)
    {
        Path = path;
        Hash = hash;
        Text = text;
    }

    /// <summary>Where the hash is.</summary>
    public string Path { get; }

    public byte[] Hash { get; }

    /// <summary>The token itself, at the start that made it; null ever after.</summary>
    public string? Text { get; }

    /// <summary>The token whose hash is in the folder; a new one where there is none, which <see cref="Keep"/> has to be called for.</summary>
    /// <exception cref="InvalidOperationException">The file is no such file.</exception>
    public static OperatorToken In(string dataFolder)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(dataFolder, FileName));
        if (File.Exists(path))
            return new OperatorToken(path, Read(path), text: null);

        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return new OperatorToken(path, AccessKey.HashOf(text), text);
    }

    /// <summary>Writes the hash of a new token, for the next starts. It is called when the service is up: a token that nobody was told would be lost.</summary>
    /// <exception cref="IOException">It cannot be written, or another process has just made one.</exception>
    public void Keep()
    {
        if (Text is null)
            return;

        OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using var writer = new StreamWriter(Path, options);
        writer.WriteLine(Convert.ToHexStringLower(Hash));
    }

    private static byte[] Read(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new InvalidOperationException($"{path} must hold the SHA-256 of the operator's token as {2 * Bytes} hex digits. Delete it to have a new token made.");
    }
}
