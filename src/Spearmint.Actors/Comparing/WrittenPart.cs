using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Spearmint.Comparing;

/// <summary>An object that was written as JSON, and the type that it was written as.</summary>
internal readonly record struct WrittenPart(object Value, JsonTypeInfo WrittenAs)
{
    public bool IsCollection => WrittenAs.Kind != JsonTypeInfoKind.Object;

    /// <summary>Whether it was written as less than it is: as a base type or an interface.</summary>
    public bool IsWrittenInPart => !IsCollection && Value.GetType() != WrittenAs.Type && WrittenAs.PolymorphismOptions is null;

    /// <summary>Whether it has a state that its JSON cannot show: an empty object or array proves nothing then.</summary>
    public bool ShowsNothing => IsCollection
        ? HidesState((IEnumerable)Value)
        : WrittenAs.Properties.All(property => property.Get is null) && Ancestry(Value.GetType()).Any(HasFields);

    private static bool HidesState(IEnumerable items)
    {
        var own = Ancestry(items.GetType()).TakeWhile(type => !TypeEquality.IsOfFramework(type)).ToList();
        if (!own.Any(HasFields) || own[0].IsDefined(typeof(CompilerGeneratedAttribute)))
            return false;

        // a collection of the framework keeps its items itself: what is derived from it has its fields for something else
        return own[^1].BaseType != typeof(object) || IsEmpty(items);
    }

    private static bool IsEmpty(IEnumerable items)
    {
        var each = items.GetEnumerator();
        using (each as IDisposable)
            return !each.MoveNext();
    }

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (var each = type; each is not null; each = each.BaseType)
            yield return each;
    }

    private static bool HasFields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Length > 0;
}
