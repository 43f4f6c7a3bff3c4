using System.Globalization;
using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Which CLR types each scalar and enum can be written from.</summary>
internal static class LeafOutputs
{
    /// <summary>Null when the CLR type cannot stand for the GraphQL type.</summary>
    public static ValueWriter<T>? Find<T>(NamedType type) => type switch
    {
        EnumType values => Enum<T>(values),
        ScalarType { Binding: ScalarBinding<T> bound } => new ScalarWriter<T>(bound.Write),
        ScalarType { Binding: not null } => null,
        _ => BuiltIn(type.Name, typeof(T)) as ValueWriter<T>,
    };

    private static object? BuiltIn(string name, Type clr) => name switch
    {
        "Int" => Int(clr),
        "Float" => Float(clr),
        "Boolean" => clr == typeof(bool) ? new BooleanWriter() : null,
        "String" => clr == typeof(string) ? new StringLeafWriter() : null,
        "ID" => Id(clr),
        _ => null,
    };

    private static object? Int(Type clr) =>
        clr == typeof(int) ? new IntWriter() :
        clr == typeof(long) ? new LongAsIntWriter() :
        clr == typeof(short) ? new ScalarWriter<short>(static (v, json) => json.Number(v)) :
        clr == typeof(byte) ? new ScalarWriter<byte>(static (v, json) => json.Number(v)) : null;

    private static object? Float(Type clr) =>
        clr == typeof(double) ? new DoubleWriter() :
        clr == typeof(int) ? new IntWriter() :
        clr == typeof(float) ? new ScalarWriter<float>(static (v, json) => json.Number(v)) :
        clr == typeof(long) ? new ScalarWriter<long>(static (v, json) => json.Number(v)) :
        clr == typeof(decimal) ? new ScalarWriter<decimal>(static (v, json) => json.Formatted(v)) : null;

    private static object? Id(Type clr) =>
        clr == typeof(string) ? new StringLeafWriter() :
        clr == typeof(Guid) ? new ScalarWriter<Guid>(static (v, json) => json.Quoted(v)) :
        clr == typeof(int) ? new ScalarWriter<int>(static (v, json) => json.Quoted(v)) :
        clr == typeof(long) ? new ScalarWriter<long>(static (v, json) => json.Quoted(v)) : null;

    private static ValueWriter<T>? Enum<T>(EnumType type)
    {
        if (typeof(T) == typeof(string))
        {
            return new EnumNameWriter(type) as ValueWriter<T>;
        }
        if (!typeof(T).IsEnum)
        {
            return null;
        }
        // Every value a resolver can give must have a name in the schema.
        var missing = System.Enum.GetNames(typeof(T)).Select(EnumNames.ToGraphQL).Where(n => !type.Has(n)).ToList();
        return missing.Count == System.Enum.GetNames(typeof(T)).Length
            ? null
            : (ValueWriter<T>)Activator.CreateInstance(
                typeof(EnumWriter<>).MakeGenericType(typeof(T)), System.Reflection.BindingFlags.CreateInstance |
                System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance,
                null, [type, new EnumMembers(typeof(T), type)], CultureInfo.InvariantCulture)!;
    }
}
