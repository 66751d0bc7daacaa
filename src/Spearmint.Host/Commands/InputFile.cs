namespace Spearmint.Host.Commands;

/// <summary>The file that a trial is run over.</summary>
internal static class InputFile
{
    /// <exception cref="InputFileException">It is missing, empty, a folder, or cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string path)
    {
        if (Directory.Exists(path))
            throw new InputFileException($"'{path}' is a folder; name a file.");
        if (!File.Exists(path))
            throw new InputFileException($"There is no file '{path}'.");

        try
        {
            var bytes = await File.ReadAllBytesAsync(path);
            return bytes.Length > 0 ? bytes : throw new InputFileException($"'{path}' is empty; there is nothing to compress.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException($"'{path}' cannot be read: {e.Message}");
        }
    }
}

/// <summary>The file is not one that can be tried.</summary>
/// <param name="message">Why, in a line.</param>
internal sealed class InputFileException(string message) : Exception(message);
