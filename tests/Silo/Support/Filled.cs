using System.Collections;
using System.Reflection;
using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Messages;

namespace OsstOrleans.Silo.Tests;

/// <summary>
/// A value of any record of the domain with something in every field, different in each: what is lost or exchanged on
/// its way shows. Its rules need not hold.
/// </summary>
internal sealed class Filled
{
    private int _number;

    public object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var number = ++_number;
        return type switch
        {
            _ when type == typeof(string) => $"text-{number}",
            _ when type == typeof(PersonalText) => new PersonalText($"Synteettinen {number}"),
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateOnly) => new DateOnly(2018, 1, 1).AddDays(number),
            _ when type == typeof(TimeOnly) => new TimeOnly(8, number % 60),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2018, 1, 1, 0, 0, number % 60, TimeSpan.Zero),
            _ when type == typeof(Guid) => new Guid(number, 0, 0, new byte[8]),
            { IsEnum: true } => Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!,
            { IsPrimitive: true } or { Name: nameof(Decimal) } => Convert.ChangeType(number % 100, type, null),
            _ when type.IsAssignableTo(typeof(IEnumerable)) => Several(type),
            _ => Record(type),
        };
    }

    private object Several(Type type)
    {
        if (type.IsArray)
        {
            return List(type.GetElementType()!, array: true);
        }
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            return As(type, List(arguments[0], array: false));
        }
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        map.Add(Of(arguments[0]), Of(arguments[1]));
        return As(type, map);
    }

    /// <summary>An immutable collection is read from what a mutable one is written as.</summary>
    private static object As(Type type, object made) => type.IsInstanceOfType(made)
        ? made
        : JsonSerializer.Deserialize(
            JsonSerializer.Serialize(made, made.GetType(), MessageJson.Options), type, MessageJson.Options)!;

    private object List(Type element, bool array)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        list.Add(Of(element));
        list.Add(Of(element));
        return array ? list.GetType().GetMethod("ToArray")!.Invoke(list, null)! : list;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        var made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite && constructor?.GetParameters().Any(p => p.Name == property.Name) != true)
            {
                property.SetValue(made, Of(property.PropertyType));
            }
        }
        return made;
    }
}
