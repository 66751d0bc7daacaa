using Akka.Actor;

namespace Akka.Configuration;

/// <summary>Something is named that is not configured.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
