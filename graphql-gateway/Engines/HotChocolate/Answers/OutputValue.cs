using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;

namespace OsstOrleans.Gateway.Engines.HotChocolate.Answers;

/// <summary>What a field's values must become before HotChocolate can write them.</summary>
internal enum OutputForm
{
    /// <summary>Nothing: objects, texts, truth values and custom scalars pass as they are.</summary>
    AsIs,
    Int,
    Float,
    Id,
    Enum,
}

/// <summary>
/// Brings the CLR values that stand for a leaf type (see <see cref="ResolverMap"/>) into the one CLR type that the
/// engine knows for it; lists item by item.
/// </summary>
internal static class OutputValue
{
    private static readonly ConcurrentDictionary<Enum, string?> s_names = new();

    /// <exception cref="FieldFault">The type cannot carry the value.</exception>
    public static object? Of(object? value, OutputForm form, string typeName)
    {
        if (value is null)
        {
            return null;
        }
        if (value is not string && value is IEnumerable list)
        {
            return form == OutputForm.AsIs && value is IList ? value : Items(list, form, typeName);
        }
        return form switch
        {
            OutputForm.Int => Int(value),
            OutputForm.Float => Float(value),
            OutputForm.Id => Id(value),
            OutputForm.Enum => Name(value, typeName),
            _ => value,
        };
    }

    private static List<object?> Items(IEnumerable list, OutputForm form, string typeName)
    {
        var items = new List<object?>();
        foreach (var item in list)
        {
            items.Add(Of(item, form, typeName));
        }
        return items;
    }

    private static object Int(object value) => value switch
    {
        int => value,
        short number => (int)number,
        byte number => (int)number,
        long number when number is >= int.MinValue and <= int.MaxValue => (int)number,
        long number => throw Unfit("Int", "non 32-bit signed integer", number),
        _ => value,
    };

    private static object Float(object value)
    {
        var number = value switch
        {
            double real => real,
            float real => real,
            int whole => whole,
            long whole => whole,
            decimal exact => (double)exact,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : throw Unfit("Float", "non numeric", value);
    }

    private static string Id(object value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Name(object value, string typeName)
    {
        if (value is string name)
        {
            return name;
        }
        return value is Enum member && s_names.GetOrAdd(member, NameOf) is { } found
            ? found
            : throw new FieldFault(
                GraphQLErrorCodes.NullValue, $"Enum \"{typeName}\" cannot represent value: {value}");
    }

    private static string? NameOf(Enum member) =>
        Enum.GetName(member.GetType(), member) is { } name ? EnumNames.ToGraphQL(name) : null;

    private static FieldFault Unfit(string type, string what, object value) => new(
        GraphQLErrorCodes.NullValue,
        $"{type} cannot represent {what} value: {Convert.ToString(value, CultureInfo.InvariantCulture)}");
}
