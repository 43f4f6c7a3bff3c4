using System.Collections.Frozen;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Types;

internal sealed class ScalarType(string name, string? description) : NamedType(TypeKind.Scalar, name, description)
{
    public string? SpecifiedByUrl { get; init; }

    /// <summary>
    /// How code reads and writes a custom scalar; null for the built-in ones, and where nothing is executed.
    /// </summary>
    public ScalarBinding? Binding { get; set; }

    public bool IsBuiltIn => Name is "Int" or "Float" or "String" or "Boolean" or "ID";
}

/// <summary>An object or an interface: a type with fields. They are filled after all types exist.</summary>
internal abstract class FieldsType(TypeKind kind, string name, string? description) : NamedType(kind, name, description)
{
    private FrozenDictionary<string, FieldType> _byName = FrozenDictionary<string, FieldType>.Empty;

    public IReadOnlyList<FieldType> Fields { get; private set; } = [];

    public IReadOnlyList<InterfaceType> Interfaces { get; private set; } = [];

    public FieldType? Find(string field) => _byName.GetValueOrDefault(field);

    public void Fill(IReadOnlyList<FieldType> fields, IReadOnlyList<InterfaceType> interfaces)
    {
        Fields = fields;
        Interfaces = interfaces;
        _byName = fields.DistinctBy(f => f.Name).ToFrozenDictionary(f => f.Name);
        foreach (var field in fields)
        {
            field.Parent = this;
        }
    }
}

internal sealed class ObjectType(string name, string? description) : FieldsType(TypeKind.Object, name, description);

internal sealed class InterfaceType(string name, string? description)
    : FieldsType(TypeKind.Interface, name, description);

internal sealed class UnionType(string name, string? description) : NamedType(TypeKind.Union, name, description)
{
    public IReadOnlyList<ObjectType> Members { get; set; } = [];
}

internal sealed class EnumType(string name, string? description, IReadOnlyList<EnumValue> values)
    : NamedType(TypeKind.Enum, name, description)
{
    private readonly FrozenSet<string> _names = values.Select(v => v.Name).ToFrozenSet();

    public IReadOnlyList<EnumValue> Values { get; } = values;

    public bool Has(string value) => _names.Contains(value);
}

internal sealed class InputObjectType(string name, string? description)
    : NamedType(TypeKind.InputObject, name, description)
{
    private FrozenDictionary<string, InputValue> _byName = FrozenDictionary<string, InputValue>.Empty;

    /// <summary>Exactly one field must be given, and not null.</summary>
    public bool IsOneOf { get; init; }

    public IReadOnlyList<InputValue> Fields { get; private set; } = [];

    public InputValue? Find(string field) => _byName.GetValueOrDefault(field);

    public void Fill(IReadOnlyList<InputValue> fields)
    {
        Fields = fields;
        _byName = fields.DistinctBy(f => f.Name).ToFrozenDictionary(f => f.Name);
    }
}
