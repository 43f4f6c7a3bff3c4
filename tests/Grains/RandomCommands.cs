using System.Reflection;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Tests;

/// <summary>
/// Commands out of thin air: any command type, any value of any field, right and wrong ones mixed from small pools so
/// that identifiers meet again. Seeded, so a failure can be told by its seed.
/// </summary>
internal sealed class RandomCommands(int seed)
{
    private static readonly string?[] Texts =
        ["a", "b", "c", "837", "320", "2018-03", "2018-13", "09:30", "", " ", null, "not an id", new string('x', 300)];

    private static readonly CodedValue[] Codes =
        [.. CodeSystems.All.SelectMany(system => system.Codes.Take(3), (system, line) => new CodedValue(system.System, line.Code)),
            default, new("1.2.246.537.6.1282", "77"), new("no such system", "1")];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public ICommand Command(Type type) => (ICommand)Record(type);

    public DateOnly Day() => Scenario.Day("2018-01-01").AddDays(_random.Next(-20, 800));

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(one => Value(one.ParameterType))]);
        foreach (var property in type.GetProperties().Where(one => IsList(one.PropertyType)))
        {
            property.SetValue(made, Value(property.PropertyType));
        }
        return made;
    }

    private object? Value(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => _random.Next(3) == 0 ? null : Value(inner),
        _ when type == typeof(string) => Pick(Texts),
        _ when type == typeof(PersonalText) => new PersonalText(Pick(Texts)),
        _ when type == typeof(CodedValue) => Pick(Codes),
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(int) => Pick([-1, 0, 1, 2, 5, 20, 40, 90, 1984, int.MaxValue]),
        _ when type == typeof(long) => Pick([-1L, 0, 1, 55_000, long.MaxValue]),
        _ when type == typeof(DateOnly) => _random.Next(20) == 0 ? Pick([DateOnly.MinValue, DateOnly.MaxValue]) : Day(),
        _ when type.IsEnum => Enum.ToObject(type, _random.Next(0, Enum.GetValues(type).Length + 2)),
        _ when IsList(type) => List(type.GetGenericArguments()[0]),
        _ => Record(type),
    };

    private Array? List(Type element)
    {
        if (_random.Next(10) == 0)
        {
            return null;
        }
        var list = Array.CreateInstance(element, _random.Next(20) == 0 ? Limits.ListLength + 1 : _random.Next(4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(_random.Next(20) == 0 && !element.IsValueType ? null : Value(element), i);
        }
        return list;
    }

    public T Pick<T>(IReadOnlyList<T> pool) => pool[_random.Next(pool.Count)];

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
}
