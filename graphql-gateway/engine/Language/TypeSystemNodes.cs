namespace OsstOrleans.GraphQL.Language;

/// <summary>A definition of the type system, or an extension of one.</summary>
internal abstract class TypeSystemNode(int at, bool isExtension) : Definition(at)
{
    public bool IsExtension { get; } = isExtension;

    public string? Description { get; init; }

    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

internal sealed class SchemaNode(int at, bool isExtension) : TypeSystemNode(at, isExtension)
{
    public IReadOnlyList<OperationTypeNode> OperationTypes { get; init; } = [];
}

internal sealed class OperationTypeNode(int at, OperationKind kind, NamedTypeNode type) : Node(at)
{
    public OperationKind Kind { get; } = kind;

    public NamedTypeNode Type { get; } = type;
}

internal enum TypeKind
{
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
}

/// <summary>A named type of any kind; each kind fills its own lists.</summary>
internal sealed class TypeDefinition(int at, TypeKind kind, Name name, bool isExtension)
    : TypeSystemNode(at, isExtension)
{
    public TypeKind Kind { get; } = kind;

    public Name Name { get; } = name;

    /// <summary>Objects and interfaces.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; init; } = [];

    /// <summary>Objects and interfaces.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];

    /// <summary>Unions.</summary>
    public IReadOnlyList<NamedTypeNode> Members { get; init; } = [];

    /// <summary>Enums.</summary>
    public IReadOnlyList<EnumValueDefinition> Values { get; init; } = [];

    /// <summary>Input objects.</summary>
    public IReadOnlyList<InputValueDefinition> InputFields { get; init; } = [];
}

internal sealed class DirectiveDefinition(int at, Name name) : TypeSystemNode(at, false)
{
    public Name Name { get; } = name;

    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    public bool IsRepeatable { get; init; }

    public IReadOnlyList<Name> Locations { get; init; } = [];
}

internal sealed class FieldDefinition(int at, Name name, TypeNode type) : Node(at)
{
    public Name Name { get; } = name;

    public TypeNode Type { get; } = type;

    public string? Description { get; init; }

    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

/// <summary>An argument's or input field's definition.</summary>
internal sealed class InputValueDefinition(int at, Name name, TypeNode type) : Node(at)
{
    public Name Name { get; } = name;

    public TypeNode Type { get; } = type;

    public string? Description { get; init; }

    public ValueNode? Default { get; init; }

    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

internal sealed class EnumValueDefinition(int at, Name name) : Node(at)
{
    public Name Name { get; } = name;

    public string? Description { get; init; }

    public IReadOnlyList<Directive> Directives { get; init; } = [];
}
