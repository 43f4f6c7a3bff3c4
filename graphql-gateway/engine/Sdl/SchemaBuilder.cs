using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>
/// Turns SDL into a schema: names are resolved, extensions merged, and every rule of section 3 checked.
/// </summary>
internal sealed class SchemaBuilder
{
    private static readonly GraphQLLimits s_unlimited = new()
    {
        MaxDocumentLength = int.MaxValue,
        MaxTokens = int.MaxValue,
    };

    private readonly Dictionary<string, NamedType> _types = [];
    private readonly SdlDefinitions _sdl;

    private SchemaBuilder(SdlDefinitions sdl) => _sdl = sdl;

    /// <exception cref="SchemaException">The SDL has a fault; every fault found is listed.</exception>
    public static Schema Build(string sdl)
    {
        Document own;
        try
        {
            own = Parser.Parse(sdl, s_unlimited);
        }
        catch (SyntaxFault fault)
        {
            var at = SourceLocation.Of(sdl, fault.At);
            throw new SchemaException([$"{fault.Message} (line {at.Line}, column {at.Column})"]);
        }
        var builtIn = Parser.Parse(BuiltIns.Sdl, s_unlimited);
        var faults = SdlChecks.Check(own, builtIn);
        if (faults.Count > 0)
        {
            throw new SchemaException(faults);
        }
        var schema = new SchemaBuilder(new SdlDefinitions(own, builtIn)).Build();
        faults = SchemaChecks.Check(schema);
        return faults.Count > 0 ? throw new SchemaException(faults) : schema;
    }

    private Schema Build()
    {
        foreach (var scalar in BuiltIns.Scalars)
        {
            _types[scalar.Name] = new ScalarType(scalar.Name, scalar.Description);
        }
        foreach (var parts in _sdl.Types)
        {
            _types.TryAdd(parts.Name, Shell(parts));
        }
        foreach (var parts in _sdl.Types)
        {
            Fill(parts);
        }
        var directives = _sdl.Directives.Select(Directive).ToList();
        var roots = _sdl.Roots.ToDictionary(r => r.Key, r => _types[r.Value]);
        foreach (var (kind, type) in roots)
        {
            if (type is not ObjectType)
            {
                throw new SchemaException([$"{kind} root type must be Object type, it cannot be {type}."]);
            }
        }
        return new Schema(_sdl.Description, [.. _types.Values], directives,
            roots.ToDictionary(r => r.Key, r => (ObjectType)r.Value));
    }

    private static NamedType Shell(TypeParts parts) => parts.Kind switch
    {
        TypeKind.Scalar => new ScalarType(parts.Name, parts.Description)
        {
            SpecifiedByUrl = Text(parts.Directives, "specifiedBy", "url"),
            Weights = Weights.Read(parts.Directives),
        },
        TypeKind.Object => new ObjectType(parts.Name, parts.Description)
        {
            Weights = Weights.Read(parts.Directives),
        },
        TypeKind.Interface => new InterfaceType(parts.Name, parts.Description),
        TypeKind.Union => new UnionType(parts.Name, parts.Description),
        TypeKind.Enum => new EnumType(parts.Name, parts.Description,
            [.. parts.Values.Select(v => new EnumValue(v.Name.Text, v.Description, Deprecation(v.Directives)))])
        {
            Weights = Weights.Read(parts.Directives),
        },
        _ => new InputObjectType(parts.Name, parts.Description)
        {
            IsOneOf = parts.Directives.Any(d => d.Name.Text == "oneOf"),
        },
    };

    private void Fill(TypeParts parts)
    {
        switch (_types[parts.Name])
        {
            case FieldsType type:
                type.Fill([.. parts.Fields.Select(Field)], [.. parts.Interfaces.Select(Interface)]);
                break;
            case UnionType union:
                union.Members = [.. parts.Members.Select(m => Type(m) as ObjectType ?? throw new SchemaException(
                    [$"Union type {parts.Name} can only include Object types, it cannot include {m}."]))];
                break;
            case InputObjectType input:
                input.Fill([.. parts.InputFields.Select(Input)]);
                break;
        }

        InterfaceType Interface(NamedTypeNode node) => Type(node) as InterfaceType ?? throw new SchemaException(
            [$"Type {parts.Name} must only implement Interface types, it cannot implement {node}."]);
    }

    private FieldType Field(FieldDefinition node) =>
        new(node.Name.Text, node.Description, Type(node.Type), [.. node.Arguments.Select(Input)])
        {
            DeprecationReason = Deprecation(node.Directives),
            Weights = Weights.Read(node.Directives),
        };

    private InputValue Input(InputValueDefinition node) =>
        new(node.Name.Text, node.Description, Type(node.Type), node.Default)
        {
            DeprecationReason = Deprecation(node.Directives),
            Weights = Weights.Read(node.Directives),
        };

    private DirectiveType Directive(DirectiveDefinition node) =>
        new(node.Name.Text, node.Description, [.. node.Arguments.Select(Input)])
        {
            IsRepeatable = node.IsRepeatable,
            Locations = [.. node.Locations.Select(l => l.Text)],
        };

    private GraphType Type(TypeNode node) => node switch
    {
        ListTypeNode list => new ListType(Type(list.Of)),
        NonNullTypeNode required => new NonNullType(Type(required.Of)),
        NamedTypeNode named => _types[named.Name.Text],
        _ => throw new InvalidOperationException("Unknown type node."),
    };

    private static string? Deprecation(IReadOnlyList<Directive> directives) =>
        directives.Any(d => d.Name.Text == "deprecated")
            ? Text(directives, "deprecated", "reason") ?? "No longer supported"
            : null;

    private static string? Text(IReadOnlyList<Directive> directives, string name, string argument)
    {
        var value = directives.FirstOrDefault(d => d.Name.Text == name)?.Arguments
            .FirstOrDefault(a => a.Name.Text == argument)?.Value;
        return (value as StringNode)?.Value;
    }
}
