namespace Akka.Actor;

/// <summary>Where an actor lives: its ancestors' names and its own, plus the id that tells one incarnation of a name from the next.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public static readonly string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private protected ActorPath(Address address, ActorPath parent, string name, long uid)
    {
        Address = address;
        Parent = parent ?? this;
        Name = name;
        Uid = uid;
    }

    public Address Address { get; }

    public ActorPath Parent { get; }

    public string Name { get; }

    public long Uid { get; }

    public int Depth => ReferenceEquals(Parent, this) ? 0 : Parent.Depth + 1;

    public ActorPath Root => ReferenceEquals(Parent, this) ? this : Parent.Root;

    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            ActorPath path = this;
            for (var i = names.Length - 1; i >= 0; i--, path = path.Parent)
                names[i] = path.Name;
            return names;
        }
    }

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    public static bool operator ==(ActorPath left, ActorPath right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    /// <summary>Whether the text may name an actor. A leading <c>$</c> is kept for generated names.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(s[i]) || ValidSymbols.Contains(s[i], StringComparison.Ordinal))
                continue;
            if (s[i] != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
                return false;
            i += 2;
        }

        return true;
    }

    public ActorPath Child(string childName) => new ChildActorPath(this, childName, 0);

    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);

    public string ToStringWithUid() => Uid == 0 ? ToString() : $"{this}#{Uid}";

    public override string ToString() => Address + ToStringWithoutAddress();

    /// <summary>Compares names only: the id tells references apart, not paths.</summary>
    public bool Equals(ActorPath other)
    {
        if (other is null || Depth != other.Depth || !Address.Equals(other.Address))
            return false;
        ActorPath mine = this;
        for (; !ReferenceEquals(mine, other) && !ReferenceEquals(mine.Parent, mine); mine = mine.Parent, other = other.Parent)
        {
            if (mine.Name != other.Name)
                return false;
        }

        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => HashCode.Combine(Name, Parent.Name);

    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());
}

internal sealed class RootActorPath(Address address) : ActorPath(address, null, string.Empty, 0);

internal sealed class ChildActorPath(ActorPath parent, string name, long uid) : ActorPath(parent.Address, parent, name, uid);
