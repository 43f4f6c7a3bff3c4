using System.Collections.Frozen;

namespace OsstOrleans.GraphQL.Language;

/// <summary>The places where a directive may stand, by the names the specification gives them (section 3.13).</summary>
internal static class DirectiveLocations
{
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
    [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ]);

    public static string Of(OperationKind kind) => kind switch
    {
        OperationKind.Query => "QUERY",
        OperationKind.Mutation => "MUTATION",
        _ => "SUBSCRIPTION",
    };

    public static string Of(TypeKind kind) => kind switch
    {
        TypeKind.Scalar => "SCALAR",
        TypeKind.Object => "OBJECT",
        TypeKind.Interface => "INTERFACE",
        TypeKind.Union => "UNION",
        TypeKind.Enum => "ENUM",
        _ => "INPUT_OBJECT",
    };
}
