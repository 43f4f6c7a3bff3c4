using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace OsstOrleans.Grains.Timeline;

/// <summary>The fields of events and of the records in them, by their stored names; looked up once.</summary>
internal static class EventFields
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Fields = new();
    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo?> ByName = new();

    /// <summary>Those that are stored, in the order of declaration.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) => Fields.GetOrAdd(type, static t =>
    [
        .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => field.Name != "EqualityContract"),
    ]);

    public static PropertyInfo? Find(Type type, string name) => ByName.GetOrAdd((type, name), static key =>
        Of(key.Item1).FirstOrDefault(field => NameOf(field) == key.Item2));

    public static string NameOf(PropertyInfo field) => JsonNamingPolicy.CamelCase.ConvertName(field.Name);

    /// <summary>True for a list of the domain's own records, which may hold fields in turn.</summary>
    public static bool HoldsRecords(PropertyInfo field) => field.PropertyType is { IsGenericType: true } list
        && list.IsAssignableTo(typeof(IEnumerable))
        && list.GetGenericArguments()[0] is { IsClass: true } element && element.Assembly == typeof(IEvent).Assembly;
}
