namespace Akka.Actor;

/// <summary>Names an actor system. There is no remoting here, so host and port are always missing.</summary>
public sealed class Address : IEquatable<Address>
{
    internal Address(string protocol, string system)
    {
        Protocol = protocol;
        System = system;
    }

    public string Protocol { get; }

    public string System { get; }

    public string Host => null;

    public int? Port => null;

    public bool HasLocalScope => true;

    public bool HasGlobalScope => false;

    public bool Equals(Address other) => other is not null && Protocol == other.Protocol && System == other.System;

    public override bool Equals(object obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Protocol, System);

    public override string ToString() => $"{Protocol}://{System}";
}
