using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

/// <summary>A CLR enum.</summary>
/// <param name="type">The GraphQL type.</param>
/// <param name="names">Of the members that the type has.</param>
internal sealed class EnumWriter<T>(EnumType type, EnumMembers names) : ValueWriter<T>
    where T : struct, Enum
{
    public override Outcome Write(T value, Run x)
    {
        if (names.Of(Bits(value)) is not { } name)
        {
            throw new FieldFault(GraphQLErrorCodes.NullValue, $"Enum \"{type}\" cannot represent value: {value}");
        }
        x.Json.Raw(name);
        return Outcome.Written;
    }

    private static ulong Bits(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, byte>(value),
        2 => Unsafe.BitCast<T, ushort>(value),
        4 => Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, ulong>(value),
    };
}

/// <summary>
/// The encoded names of an enum's members by the bits of their numbers. Tables of <c>T</c> itself would be compiled
/// anew for each enum, at every start of a process.
/// </summary>
internal sealed class EnumMembers
{
    private readonly Dictionary<ulong, byte[]> _names = [];

    /// <param name="clr">The CLR enum.</param>
    /// <param name="type">Whose values are named.</param>
    public EnumMembers(Type clr, EnumType type)
    {
        var bits = 8 * Marshal.SizeOf(Enum.GetUnderlyingType(clr));
        foreach (var member in Enum.GetNames(clr))
        {
            if (EnumNames.ToGraphQL(member) is var name && type.Has(name))
            {
                var number = Convert.ToDecimal(Enum.Parse(clr, member), CultureInfo.InvariantCulture);
                var key = number < 0 ? unchecked((ulong)(long)number) : (ulong)number;
                _names.TryAdd(key & (ulong.MaxValue >> (64 - bits)), Encoding.UTF8.GetBytes($"\"{name}\""));
            }
        }
    }

    /// <summary>Null for a number that the type has no name for.</summary>
    public byte[]? Of(ulong bits) => _names.GetValueOrDefault(bits);
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
