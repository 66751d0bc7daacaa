using System.Collections.Concurrent;
using System.Reflection;

namespace Spearmint.Domain;

/// <summary>Whether no code can change an object of a type once it is made, so that branches may share one.</summary>
internal static class Immutability
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Of(Type type) => Known.GetOrAdd(type, static type => Of(type, []));

    private static bool Of(Type type, HashSet<Type> above)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
            || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(DateOnly)
            || type == typeof(TimeOnly) || type == typeof(Uri))
            return true;

        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying, above);

        // an array or an open class can hold more than its declared fields show; a type that contains itself is as immutable as its other fields
        if (type.IsArray || type.IsInterface || type.IsAbstract || type == typeof(object))
            return false;
        if (!above.Add(type))
            return true;

        return Fields(type).All(field => field.IsInitOnly && Of(field.FieldType, above));
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
                yield return field;
        }
    }
}
