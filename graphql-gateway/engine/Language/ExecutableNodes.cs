namespace OsstOrleans.GraphQL.Language;

internal sealed class OperationDefinition(int at, OperationKind kind, Name? name) : Definition(at)
{
    public OperationKind Kind { get; } = kind;

    public Name? Name { get; } = name;

    public string? Description { get; init; }

    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    public IReadOnlyList<Directive> Directives { get; init; } = [];

    public required SelectionSet SelectionSet { get; init; }
}

internal sealed class VariableDefinition(int at, Name name, TypeNode type) : Node(at)
{
    public Name Name { get; } = name;

    public TypeNode Type { get; } = type;

    public string? Description { get; init; }

    public ValueNode? Default { get; init; }

    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

internal sealed class FragmentDefinition(int at, Name name, NamedTypeNode condition) : Definition(at)
{
    public Name Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = condition;

    public string? Description { get; init; }

    public IReadOnlyList<Directive> Directives { get; init; } = [];

    public required SelectionSet SelectionSet { get; init; }
}

internal sealed class SelectionSet(int at, IReadOnlyList<Selection> selections) : Node(at)
{
    public IReadOnlyList<Selection> Selections { get; } = selections;
}

internal abstract class Selection(int at, IReadOnlyList<Directive> directives) : Node(at)
{
    public IReadOnlyList<Directive> Directives { get; } = directives;
}

internal sealed class Field(
    Name? alias, Name name, IReadOnlyList<Argument> arguments, IReadOnlyList<Directive> directives,
    SelectionSet? selections)
    : Selection((alias ?? name).At, directives)
{
    public Name? Alias { get; } = alias;

    public Name Name { get; } = name;

    public IReadOnlyList<Argument> Arguments { get; } = arguments;

    public SelectionSet? SelectionSet { get; } = selections;

    /// <summary>The name under which the value stands in the answer.</summary>
    public string ResponseName => (Alias ?? Name).Text;
}

internal sealed class FragmentSpread(int at, Name name, IReadOnlyList<Directive> directives) : Selection(at, directives)
{
    public Name Name { get; } = name;
}

internal sealed class InlineFragment(
    int at, NamedTypeNode? condition, IReadOnlyList<Directive> directives, SelectionSet selections)
    : Selection(at, directives)
{
    public NamedTypeNode? TypeCondition { get; } = condition;

    public SelectionSet SelectionSet { get; } = selections;
}
