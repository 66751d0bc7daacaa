using System.Collections;
using System.Text.Json.Serialization;

namespace Spearmint.Comparing;

/// <summary>Outputs of every kind that equality has to tell apart.</summary>
internal static class Specimens
{
    internal sealed class Node
    {
        public Node? Next { get; set; }
    }

    internal sealed class Plain
    {
        public int Field;

        public string? Name { get; set; }
    }

    internal record Row(int Id, int[] Items);

    internal sealed record WideRow(int Id, int[] Items, int[] More) : Row(Id, Items);

    internal readonly record struct Cell(int[] Items);

    internal struct Slot
    {
        public int[] Items { get; set; }
    }

    internal sealed class Nothing;

    internal sealed class Hidden(int state)
    {
        private readonly int _state = state;

        public int Reveal() => _state;
    }

    internal sealed class Account(string owner) : IEquatable<Account>
    {
        private readonly string _owner = owner;

        public int Version => 1;

        public bool Equals(Account? other) => other?._owner == _owner;

        public override bool Equals(object? obj) => Equals(obj as Account);

        public override int GetHashCode() => _owner.GetHashCode(StringComparison.Ordinal);
    }

    internal sealed record AnyCase(string Text)
    {
        public bool Equals(AnyCase? other) => string.Equals(Text, other?.Text, StringComparison.OrdinalIgnoreCase);

        public override int GetHashCode() => 0;
    }

    internal sealed class Bag(params int[] items) : IEnumerable<int>
    {
        private readonly int[] _items = items;

        public IEnumerator<int> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    internal sealed class Page : List<int>
    {
        public int Total { get; set; }
    }

    internal abstract class Decision
    {
        public int Amount { get; set; }
    }

    internal sealed class Approved : Decision;

    internal sealed class Refused : Decision;

    internal interface IShape
    {
        string Name => "shape";
    }

    internal sealed class Circle : IShape
    {
        public int Radius { get; set; }

        public Drawing? Of { get; set; }
    }

    internal sealed class Drawing(IShape shape)
    {
        public IShape Shape { get; } = shape;
    }

    [JsonDerivedType(typeof(Cat), "cat")]
    [JsonDerivedType(typeof(Dog), "dog")]
    internal abstract class Animal;

    internal sealed class Cat : Animal;

    internal sealed class Dog : Animal;

    internal sealed record Zoo(Animal[] Animals);

    internal sealed class Throwing
    {
        public int Value => throw new InvalidOperationException();
    }

    internal sealed class Broken
    {
        public override bool Equals(object? obj) => throw new NotSupportedException("broken");

        public override int GetHashCode() => 0;
    }
}
