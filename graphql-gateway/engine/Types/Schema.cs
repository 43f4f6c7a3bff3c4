using System.Collections.Frozen;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Types;

/// <summary>A valid type system, introspection's own types included. Immutable once built.</summary>
internal sealed class Schema
{
    private readonly FrozenDictionary<string, NamedType> _types;
    private readonly FrozenDictionary<string, DirectiveType> _directives;
    private readonly FrozenDictionary<NamedType, IReadOnlyList<ObjectType>> _possible;

    public Schema(
        string? description, IReadOnlyList<NamedType> types, IReadOnlyList<DirectiveType> directives,
        IReadOnlyDictionary<OperationKind, ObjectType> roots)
    {
        Description = description;
        Types = types;
        Directives = directives;
        Query = roots.GetValueOrDefault(OperationKind.Query)!;
        Mutation = roots.GetValueOrDefault(OperationKind.Mutation);
        Subscription = roots.GetValueOrDefault(OperationKind.Subscription);
        _types = types.ToFrozenDictionary(t => t.Name);
        _directives = directives.ToFrozenDictionary(d => d.Name);
        _possible = types.Where(t => t.IsComposite).ToFrozenDictionary(t => t, Members);
        // Of this schema's own String: types are equal by identity when variables and overlapping fields are checked.
        var text = new NonNullType(_types["String"]);
        TypeName = new FieldType("__typename", "The name of the current Object type at runtime.", text, []);
        SchemaField = new FieldType(
            "__schema", "Access the current type schema of this server.", new NonNullType(_types["__Schema"]), []);
        TypeField = new FieldType(
            "__type", "Request the type information of a single type.", _types["__Type"],
            [new InputValue("name", null, text, null)]);
    }

    public string? Description { get; }

    public IReadOnlyList<NamedType> Types { get; }

    public IReadOnlyList<DirectiveType> Directives { get; }

    public ObjectType Query { get; }

    public ObjectType? Mutation { get; }

    public ObjectType? Subscription { get; }

    /// <summary><c>__typename</c>, a field of every composite type that the SDL does not list.</summary>
    public FieldType TypeName { get; }

    /// <summary><c>__schema</c>, a field of the query type.</summary>
    public FieldType SchemaField { get; }

    /// <summary><c>__type</c>, a field of the query type.</summary>
    public FieldType TypeField { get; }

    public NamedType? Type(string name) => _types.GetValueOrDefault(name);

    public DirectiveType? Directive(string name) => _directives.GetValueOrDefault(name);

    public ObjectType? Root(OperationKind kind) => kind switch
    {
        OperationKind.Query => Query,
        OperationKind.Mutation => Mutation,
        _ => Subscription,
    };

    /// <summary>The object types that a value of this composite type may have.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes(NamedType type) => _possible.GetValueOrDefault(type, []);

    /// <summary>True when a value may be of both types at once.</summary>
    public bool Overlap(NamedType a, NamedType b) => a == b || PossibleTypes(a).Intersect(PossibleTypes(b)).Any();

    /// <summary>A field by name, the ones of introspection included; null when the type has none.</summary>
    public FieldType? Field(NamedType parent, string name)
    {
        if (name == "__typename" && parent.IsComposite)
        {
            return TypeName;
        }
        if (parent == Query && name is "__schema" or "__type" && parent == Query)
        {
            return name == "__schema" ? SchemaField : TypeField;
        }
        return (parent as FieldsType)?.Find(name);
    }

    /// <summary>
    /// True when a value of type <paramref name="sub"/> fits where <paramref name="super"/> is expected.
    /// </summary>
    public static bool IsSubtype(GraphType sub, GraphType super) => (sub, super) switch
    {
        _ when sub == super => true,
        (NonNullType a, NonNullType b) => IsSubtype(a.Of, b.Of),
        (NonNullType a, _) => IsSubtype(a.Of, super),
        (ListType a, ListType b) => IsSubtype(a.Of, b.Of),
        (FieldsType a, InterfaceType b) => a.Interfaces.Contains(b),
        (ObjectType a, UnionType b) => b.Members.Contains(a),
        _ => false,
    };

    private IReadOnlyList<ObjectType> Members(NamedType type) => type switch
    {
        ObjectType o => [o],
        UnionType u => u.Members,
        InterfaceType i => [.. Types.OfType<ObjectType>().Where(o => o.Interfaces.Contains(i))],
        _ => [],
    };
}
