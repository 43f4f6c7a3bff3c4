using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OsstOrleans.Grains.Tests;

/// <summary>
/// Compares names that are stored or promised with the files beside this one. A name may be added, by running the
/// tests once with <c>OSST_GOLDEN=append</c>; one that was ever there must stay.
/// </summary>
internal static class Golden
{
    public static void MayOnlyGrow(string file, IEnumerable<string> now, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", file);
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var present = now.ToArray();
        var gone = known.Except(present).FirstOrDefault();
        Assert.True(gone is null, $"{file}: '{gone}' was there and is gone.");
        var added = present.Except(known).ToArray();
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            File.WriteAllLines(path, known.Concat(added).Order(StringComparer.Ordinal));
            return;
        }
        Assert.True(added.Length == 0, $"{file}: '{added.FirstOrDefault()}' is new; append it with OSST_GOLDEN=append.");
    }

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
        type != typeof(PersonalText) && type.Namespace!.StartsWith("OsstOrleans", StringComparison.Ordinal) && !type.IsEnum;

    private static string KindOf(Type type) => type == typeof(PersonalText) ? "personal text" : type.Name;
}
