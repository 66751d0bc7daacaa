using System.Buffers;

namespace Spearmint.Host.Targets;

/// <summary>The hosts that a file names: nothing else is called for it.</summary>
internal sealed class AllowedHosts
{
    private static readonly SearchValues<char> InNoHost = SearchValues.Create("/\\?#@ *");

    private readonly HashSet<(string Host, int Port)> _hosts = [];
    private readonly HashSet<string> _withUsualPort = [];

    /// <summary>The hosts as written.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Adds a host; false where the text is none.</summary>
    /// <param name="text">A <c>host</c>, for its usual port (80 or 443), or a <c>host:port</c>; an IPv6 address stands in brackets.</param>
    public bool TryAdd(string text)
    {
        if (text.AsSpan().IndexOfAny(InNoHost) >= 0 || !Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
            return false;

        Names.Add(text);
        if (HasPort(text))
            _hosts.Add((Normal(uri), uri.Port));
        else
            _withUsualPort.Add(Normal(uri));

        return true;
    }

    /// <summary>Why an address may not be called; null where it may.</summary>
    public string? Refuse(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
            return $"its scheme is {address.Scheme} and must be http or https";
        if (address.UserInfo.Length > 0)
            return "it has a user before its host (the part before an @), which is not taken; send an Authorization header";
        if (_hosts.Contains((Normal(address), address.Port)) || (address.IsDefaultPort && _withUsualPort.Contains(Normal(address))))
            return null;

        var host = address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";
        return $"its host {host} is not among the 'hosts' of the file ({string.Join(", ", Names)})";
    }

    private static bool HasPort(string text) => text.LastIndexOf(':') > text.LastIndexOf(']');

    private static string Normal(Uri uri) => uri.IdnHost.TrimEnd('.').ToLowerInvariant();
}
