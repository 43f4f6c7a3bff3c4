using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace OsstOrleans.Grains.Tests;

/// <summary>What a stored type holds, field by field.</summary>
internal static class WireForm
{
    /// <summary>Every field of a type in its wire form with its kind: <c>goals[].code.system: string</c>.</summary>
    public static IEnumerable<string> FieldsOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != "EqualityContract")
        .SelectMany(property => Fields(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType));

    public static IEnumerable<Type> EnumsIn(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => Element(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
        .SelectMany(inner => inner.IsEnum ? [inner] : IsRecord(inner) ? EnumsIn(inner) : []);

    private static IEnumerable<string> Fields(string name, Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var element = Element(value);
        var path = element == value ? name : $"{name}[]";
        return IsRecord(element)
            ? FieldsOf(element).Select(field => $"{path}.{field}")
            : [$"{path}: {KindOf(element)}"];
    }

    private static Type Element(Type type) =>
        type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : type;

    private static bool IsRecord(Type type) =>
        !type.IsEnum && type != typeof(PersonalText) && type.Assembly == typeof(IEvent).Assembly;

    private static string KindOf(Type type) => type == typeof(PersonalText) ? "personal text" : type.Name;
}
