using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>
/// Coerced input by name: a field's arguments, or the fields of an input object. Raw values are <c>int</c>,
/// <c>double</c>, <c>string</c>, <c>bool</c>, the CLR values of custom scalars, enum values by name,
/// <c>IReadOnlyList&lt;object?&gt;</c> and, for input objects, <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
/// </summary>
public sealed class Arguments
{
    /// <summary>No argument at all.</summary>
    public static readonly Arguments None = new(new Dictionary<string, object?>());

    /// <summary>Wraps values that an engine has coerced.</summary>
    public Arguments(IReadOnlyDictionary<string, object?> values) => Values = values;

    /// <summary>The raw values; a name that was neither given nor has a default is absent.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>True when a value was given (null counts) or the schema has a default.</summary>
    public bool Has(string name) => Values.ContainsKey(name);

    /// <summary>
    /// The value as <typeparamref name="T"/>: any raw form; a CLR enum; a wider number; a list or array of these; or
    /// <see cref="Arguments"/> for an input object. Absent or null gives null, or fails when T takes no null.
    /// </summary>
    /// <exception cref="InvalidCastException">The schema's type of this argument does not fit T.</exception>
    public T Get<T>(string name)
    {
        Values.TryGetValue(name, out var raw);
        return Convert<T>(raw, name);
    }

    /// <summary>As <see cref="Get{T}"/>, with <paramref name="otherwise"/> for an absent or null value.</summary>
    [return: NotNullIfNotNull(nameof(otherwise))]
    public T? GetOrDefault<T>(string name, T? otherwise = default) =>
        Values.TryGetValue(name, out var raw) && raw is not null ? Convert<T>(raw, name) : otherwise;

    /// <summary>A list of <typeparamref name="T"/>; empty when absent or null.</summary>
    public IReadOnlyList<T> GetList<T>(string name) => GetOrDefault<IReadOnlyList<T>>(name, []);

    private static T Convert<T>(object? raw, string name) => raw is T fits ? fits : (T)Convert(raw, typeof(T), name)!;

    private static object? Convert(object? raw, Type wanted, string name)
    {
        var target = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (raw is null)
        {
            return wanted.IsValueType && target == wanted ? throw Unfit(name, "null", wanted) : null;
        }
        if (target.IsInstanceOfType(raw))
        {
            return raw;
        }
        if (target == typeof(Arguments) && raw is IReadOnlyDictionary<string, object?> fields)
        {
            return new Arguments(fields);
        }
        if (target.IsEnum && raw is string member)
        {
            return Member(target, member);
        }
        if (raw is IReadOnlyList<object?> list && ElementOf(target) is { } element)
        {
            return ListOf(list, target, element, name);
        }
        return Widens(raw, target)
            ? System.Convert.ChangeType(raw, target, CultureInfo.InvariantCulture)
            : throw Unfit(name, raw.GetType().Name, wanted);
    }

    private static bool Widens(object raw, Type target) =>
        raw is int ? target == typeof(long) || target == typeof(double) || target == typeof(decimal)
            : raw is double && target == typeof(decimal);

    private static object Member(Type target, string name)
    {
        foreach (var member in Enum.GetNames(target))
        {
            if (EnumNames.ToGraphQL(member) == name)
            {
                return Enum.Parse(target, member);
            }
        }
        throw new InvalidCastException($"Enum {target.Name} has no member for the GraphQL value {name}.");
    }

    private static Type? ElementOf(Type target) =>
        target.IsArray ? target.GetElementType() :
        target.IsGenericType && target.GetGenericArguments() is [var one] ? one : null;

    private static object ListOf(IReadOnlyList<object?> raw, Type target, Type element, string name)
    {
        var array = Array.CreateInstance(element, raw.Count);
        for (var i = 0; i < raw.Count; i++)
        {
            array.SetValue(Convert(raw[i], element, name), i);
        }
        if (target.IsInstanceOfType(array))
        {
            return array;
        }
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
        return target.IsInstanceOfType(list) ? list : throw Unfit(name, "a list", target);
    }

    private static InvalidCastException Unfit(string name, string raw, Type wanted) =>
        new($"Argument {name} holds {raw}, which cannot be read as {wanted.Name}.");
}
