using System.Text;

namespace Spearmint.Host.Experiments;

/// <summary>The files of the folder of experiments, as they are read.</summary>
/// <param name="path">The folder; it need not be there.</param>
internal sealed class ExperimentFolder(string path)
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>How many files are read; more are left alone.</summary>
    public const int MostFiles = 500;

    /// <summary>How long a folder may be away, such as one on a network drive, before its files are gone.</summary>
    public static readonly TimeSpan TimeAway = TimeSpan.FromSeconds(15);

    private static readonly string[] Endings = [".yaml", ".yml", ".json"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private DateTimeOffset? _awaySince;
    private bool _hadFiles;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The names of the files, in order.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">The folder cannot be read; one that had files and is away cannot for <see cref="TimeAway"/>.</exception>
    public IReadOnlyList<string> Names(DateTimeOffset now)
    {
        if (Directory.Exists(Path))
        {
            _awaySince = null;
            IReadOnlyList<string> names =
            [
                .. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)!)
                    .Where(name => !name.StartsWith('.') && Endings.Contains(System.IO.Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal),
            ];
            _hadFiles = names.Count > 0;
            return names;
        }

        if (_hadFiles && now - (_awaySince ??= now) < TimeAway)
            throw new DirectoryNotFoundException($"it is not there; what is in force stays for {TimeAway.TotalSeconds} s, for it may come back.");

        _hadFiles = false;
        return [];
    }

    /// <summary>What a file holds now; null where there is none.</summary>
    public FileContent? Read(string name)
    {
        try
        {
            // neither is a pipe or a device, which would be waited for
            var file = new FileInfo(System.IO.Path.Combine(Path, name));
            if ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file) is { Exists: true, Length: 0 })
                return new FileContent("", null);

            // as editors do it, who may write or replace it meanwhile
            using var stream = new FileStream(
                file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[Math.Min(stream.Length, MostBytes) + 1];
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read > MostBytes
                ? new FileContent(null, $"The file has more than {MostBytes} bytes.")
                : new FileContent(Strict.GetString(buffer, 0, read).TrimStart('\uFEFF'), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            return new FileContent(null, "The file is no text in UTF-8.");
        }
        catch (Exception e)
        {
            return new FileContent(null, $"The file cannot be read: {e.Message}");
        }
    }
}

/// <summary>What a file holds.</summary>
/// <param name="Text">Its text; null where it cannot be read.</param>
/// <param name="Error">Why it cannot be read.</param>
internal sealed record FileContent(string? Text, string? Error);
