namespace Spearmint.Host.Api;

/// <summary>The input of a run: the bytes of a body, whatever it calls its type.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body to its end. The server throws when it is over the limit.</summary>
    /// <exception cref="BadRequestException">The body is empty.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
            throw new BadRequestException("The body is empty. Send the bytes to run over, for example: curl --data-binary @README.md ...");

        return buffer.ToArray();
    }
}
