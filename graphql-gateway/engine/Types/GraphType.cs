using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Types;

/// <summary>A named type, or a list or non-null of a type. Prints as in the SDL.</summary>
internal abstract class GraphType
{
    /// <summary>The type inside all lists and non-nulls.</summary>
    public abstract NamedType Named { get; }

    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    public bool IsOutput => Named is not InputObjectType;

    /// <summary>This type without its outer non-null.</summary>
    public GraphType Nullable => this is NonNullType required ? required.Of : this;
}

internal sealed class ListType(GraphType of) : GraphType
{
    public GraphType Of { get; } = of;

    public override NamedType Named => Of.Named;

    public override string ToString() => $"[{Of}]";
}

internal sealed class NonNullType(GraphType of) : GraphType
{
    public GraphType Of { get; } = of;

    public override NamedType Named => Of.Named;

    public override string ToString() => $"{Of}!";
}

internal abstract class NamedType(TypeKind kind, string name, string? description) : GraphType
{
    public TypeKind Kind { get; } = kind;

    public string Name { get; } = name;

    public string? Description { get; } = description;

    public Weights Weights { get; init; } = Weights.Default;

    public override NamedType Named => this;

    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum;

    /// <summary>True for types that have a selection set.</summary>
    public bool IsComposite => Kind is TypeKind.Object or TypeKind.Interface or TypeKind.Union;

    public bool IsAbstract => Kind is TypeKind.Interface or TypeKind.Union;

    /// <summary>True for the types that introspection itself brings.</summary>
    public bool IsIntrospection => Name.StartsWith("__", StringComparison.Ordinal);

    public override string ToString() => Name;
}
