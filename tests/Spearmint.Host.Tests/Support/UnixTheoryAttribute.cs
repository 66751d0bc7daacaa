namespace Spearmint.Host.Support;

/// <summary>A theory about signals, which Windows has not.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no SIGTERM or SIGINT to send to another process.";
    }
}
