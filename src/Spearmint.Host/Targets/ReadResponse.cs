using System.Net.Http.Headers;

namespace Spearmint.Host.Targets;

/// <summary>An answer of a service, read to its end.</summary>
internal sealed record ReadResponse(int Status, string Reason, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const int ChunkBytes = 16 * 1024;

    /// <exception cref="ResponseTooLargeException">The body is larger than that.</exception>
    /// <exception cref="HttpRequestException">The body ends before its end, or is not as HTTP wants it.</exception>
    public static async Task<ReadResponse> FromAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellationToken)
    {
        // of an answer to HEAD, this is the length of what is not sent
        if (response.RequestMessage?.Method != HttpMethod.Head && response.Content.Headers.ContentLength > mostBytes)
            throw new ResponseTooLargeException();

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > mostBytes)
                throw new ResponseTooLargeException();
            body.Write(chunk, 0, read);
        }

        return new ReadResponse(
            (int)response.StatusCode, response.ReasonPhrase ?? "", [.. Pairs(response.Headers.NonValidated), .. Pairs(response.Content.Headers.NonValidated)],
            body.ToArray());
    }

    private static IEnumerable<(string, string)> Pairs(HttpHeadersNonValidated headers) =>
        headers.SelectMany(header => header.Value.Select(value => (header.Key, value)));
}

/// <summary>An answer has more bytes than are taken.</summary>
internal sealed class ResponseTooLargeException : Exception;
