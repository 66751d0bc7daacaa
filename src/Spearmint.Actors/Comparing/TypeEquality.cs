using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Spearmint.Comparing;

/// <summary>Whether a type has an equality of its own: one that somebody wrote, and not the compiler.</summary>
internal static class TypeEquality
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    // a mere object has nothing but its identity
    public static bool IsOwn(Type type) => type == typeof(object) || Known.GetOrAdd(type, static type =>
        (Overrides(type) || type.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(type)))
        && !IsCollectionOfFramework(type) && !IsMadeByCompiler(type));

    public static bool IsOfFramework(Type type) =>
        type.IsArray || type.Namespace == "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    private static bool Overrides(Type type) =>
        type.GetMethod(nameof(Equals), [typeof(object)])?.DeclaringType is { } by && by != typeof(object) && by != typeof(ValueType);

    // those of them that have an equality compare their storage, such as an immutable array
    private static bool IsCollectionOfFramework(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && IsOfFramework(type);

    private static bool IsMadeByCompiler(Type type) =>
        type.IsAssignableTo(typeof(ITuple)) ? IsOfFramework(type)
        : type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || IsRecordThroughout(type);

    // a record that is derived from another asks that one, too
    private static bool IsRecordThroughout(Type type)
    {
        for (var each = type; each is not null && each != typeof(object) && each != typeof(ValueType); each = each.BaseType)
        {
            var typed = each.GetMethod(nameof(Equals), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, [each]);
            if (typed?.IsDefined(typeof(CompilerGeneratedAttribute)) != true)
                return false;
        }

        return true;
    }
}
