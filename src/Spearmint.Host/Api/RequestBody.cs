namespace Spearmint.Host.Api;

/// <summary>The input of a run: the bytes of a body, whatever it calls its type.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body to its end. The server throws when it is over the limit.</summary>
    /// <exception cref="BadRequestException">The body is empty.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadAnyAsync(request, cancellationToken);
        return body.Length > 0
            ? body
            : throw new BadRequestException("The body is empty. Send the bytes to run over, for example: curl --data-binary @README.md ...");
    }

    /// <summary>Reads the body to its end, which may be its begin.</summary>
    public static async Task<byte[]> ReadAnyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
