using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Serilog.Core;
using Serilog.Events;

namespace Spearmint.Host.Configuration;

/// <summary>What keeps the service from starting, said in a line.</summary>
internal static class StartUpFailure
{
    private static readonly string[] Reporters = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    public static string Reason(Exception exception) => exception.InnerException is AddressInUseException
        ? $"{exception.Message} End what listens there, or choose another address, such as --urls http://127.0.0.1:5081."
        : exception.Message;

    /// <summary>Whether the log would only show the stack of what <see cref="Reason"/> says better: an address that is taken, wrong or forbidden.</summary>
    public static bool IsSaidElsewhere(LogEvent logged) =>
        logged.Exception is IOException or SocketException or FormatException
        && logged.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: string name }
        && Reporters.Contains(name);
}
