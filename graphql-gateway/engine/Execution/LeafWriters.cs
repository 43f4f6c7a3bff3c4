using System.Globalization;
using System.Text;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>A scalar written by a delegate that cannot fail on valid values.</summary>
internal sealed class ScalarWriter<T>(ScalarWrite<T> write) : ValueWriter<T>
{
    public override Outcome Write(T value, Run x)
    {
        if (value is null)
        {
            return Outcome.Null;
        }
        write(value, x.Json);
        return Outcome.Written;
    }
}

internal sealed class StringLeafWriter : ValueWriter<string?>
{
    public override Outcome Write(string? value, Run x)
    {
        if (value is null)
        {
            return Outcome.Null;
        }
        x.Json.Text(value);
        return Outcome.Written;
    }
}

internal sealed class IntWriter : ValueWriter<int>
{
    public override Outcome Write(int value, Run x)
    {
        x.Json.Number(value);
        return Outcome.Written;
    }
}

internal sealed class LongAsIntWriter : ValueWriter<long>
{
    public override Outcome Write(long value, Run x)
    {
        if (value is < int.MinValue or > int.MaxValue)
        {
            throw new FieldFault(GraphQLErrorCodes.NullValue,
                $"Int cannot represent non 32-bit signed integer value: " +
                $"{value.ToString(CultureInfo.InvariantCulture)}");
        }
        x.Json.Number(value);
        return Outcome.Written;
    }
}

internal sealed class DoubleWriter : ValueWriter<double>
{
    public override Outcome Write(double value, Run x)
    {
        if (!double.IsFinite(value))
        {
            throw new FieldFault(GraphQLErrorCodes.NullValue,
                $"Float cannot represent non numeric value: {value.ToString(CultureInfo.InvariantCulture)}");
        }
        x.Json.Number(value);
        return Outcome.Written;
    }
}

internal sealed class BooleanWriter : ValueWriter<bool>
{
    public override Outcome Write(bool value, Run x)
    {
        x.Json.Boolean(value);
        return Outcome.Written;
    }
}

/// <summary>A CLR enum: each member's name is encoded once.</summary>
internal sealed class EnumWriter<T> : ValueWriter<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, byte[]> _names;
    private readonly EnumType _type;

    public EnumWriter(EnumType type)
    {
        _type = type;
        _names = Enum.GetValues<T>().Distinct().Where(v => type.Has(EnumNames.Of(v)!))
            .ToDictionary(v => v, v => Encoding.UTF8.GetBytes($"\"{EnumNames.Of(v)}\""));
    }

    public override Outcome Write(T value, Run x)
    {
        if (!_names.TryGetValue(value, out var name))
        {
            throw new FieldFault(GraphQLErrorCodes.NullValue, $"Enum \"{_type}\" cannot represent value: {value}");
        }
        x.Json.Raw(name);
        return Outcome.Written;
    }
}

/// <summary>An enum value given by name.</summary>
internal sealed class EnumNameWriter(EnumType type) : ValueWriter<string?>
{
    public override Outcome Write(string? value, Run x)
    {
        if (value is null)
        {
            return Outcome.Null;
        }
        if (!type.Has(value))
        {
            throw new FieldFault(GraphQLErrorCodes.NullValue, $"Enum \"{type}\" cannot represent value: \"{value}\"");
        }
        x.Json.Text(value);
        return Outcome.Written;
    }
}
