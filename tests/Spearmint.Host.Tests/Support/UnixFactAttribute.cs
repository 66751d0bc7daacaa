namespace Spearmint.Host.Support;

/// <summary>A fact about signals, which Windows has not.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no SIGTERM or SIGINT to send to another process.";
    }
}
