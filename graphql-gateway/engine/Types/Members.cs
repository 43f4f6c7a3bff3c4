using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Types;

/// <summary>A field of an object or interface.</summary>
internal sealed class FieldType(string name, string? description, GraphType type, IReadOnlyList<InputValue> arguments)
{
    public string Name { get; } = name;

    public string? Description { get; } = description;

    public GraphType Type { get; } = type;

    public IReadOnlyList<InputValue> Arguments { get; } = arguments;

    public string? DeprecationReason { get; init; }

    public Weights Weights { get; init; } = Weights.Default;

    public FieldsType? Parent { get; set; }

    public InputValue? Argument(string argument)
    {
        foreach (var candidate in Arguments)
        {
            if (candidate.Name == argument)
            {
                return candidate;
            }
        }
        return null;
    }

    public override string ToString() => $"{Parent}.{Name}";
}

/// <summary>An argument or an input object's field.</summary>
internal sealed class InputValue(string name, string? description, GraphType type, ValueNode? defaultValue)
{
    public string Name { get; } = name;

    public string? Description { get; } = description;

    public GraphType Type { get; } = type;

    /// <summary>As written in the SDL; null when there is none.</summary>
    public ValueNode? Default { get; } = defaultValue;

    public string? DeprecationReason { get; init; }

    public Weights Weights { get; init; } = Weights.Default;

    /// <summary>A value must be given: non-null and no default.</summary>
    public bool IsRequired => Type is NonNullType && Default is null;
}

internal sealed record EnumValue(string Name, string? Description, string? DeprecationReason);

internal sealed class DirectiveType(string name, string? description, IReadOnlyList<InputValue> arguments)
{
    public string Name { get; } = name;

    public string? Description { get; } = description;

    public IReadOnlyList<InputValue> Arguments { get; } = arguments;

    public bool IsRepeatable { get; init; }

    public IReadOnlyList<string> Locations { get; init; } = [];

    public bool IsBuiltIn => Name is "skip" or "include" or "deprecated" or "specifiedBy" or "oneOf";
}
