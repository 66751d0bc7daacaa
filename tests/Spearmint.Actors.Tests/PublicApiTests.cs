using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Spearmint;

/// <summary>The public API of the library, compared with the approved one. A difference is either a mistake or a line in the changelog.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "PublicApi.approved.txt");
        var actual = Path.Combine(AppContext.BaseDirectory, "PublicApi.actual.txt");
        File.WriteAllText(actual, Describe(typeof(Client.SpearmintClient).Assembly));

        Assert.True(File.ReadAllText(approved).ReplaceLineEndings() == File.ReadAllText(actual).ReplaceLineEndings(),
            $"The public API has changed. If that is meant, copy {actual} over tests/Spearmint.Actors.Tests/PublicApi.approved.txt.");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Name(type.BaseType is null || type.BaseType == typeof(object) ? null : type.BaseType) is { Length: > 0 } based
                ? $"{Kind(type)} {type.Namespace}.{Name(type)} : {based}\n"
                : $"{Kind(type)} {type.Namespace}.{Name(type)}\n");
            var members = type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal);
            foreach (var member in members)
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        _ when member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null && member is not PropertyInfo => null,
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when property.GetMethod is { } getter && IsVisible(getter) =>
            $"{Static(getter)}{Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { } setter && IsVisible(setter) ? " set;" : "")} }}",
        FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = default" : "")}"));

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type? type) => type switch
    {
        null => "",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
