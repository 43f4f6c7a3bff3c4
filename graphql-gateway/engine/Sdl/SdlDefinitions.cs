using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>One named type: its definition and all its extensions as one.</summary>
internal sealed class TypeParts(IReadOnlyList<TypeDefinition> parts)
{
    public string Name => parts[0].Name.Text;

    public TypeKind Kind => parts[0].Kind;

    public string? Description => parts[0].Description;

    public IEnumerable<Directive> AllDirectives => parts.SelectMany(p => p.Directives);

    public IReadOnlyList<Directive> Directives => [.. AllDirectives];

    public IEnumerable<NamedTypeNode> Interfaces => parts.SelectMany(p => p.Interfaces);

    public IEnumerable<FieldDefinition> Fields => parts.SelectMany(p => p.Fields);

    public IEnumerable<NamedTypeNode> Members => parts.SelectMany(p => p.Members);

    public IEnumerable<EnumValueDefinition> Values => parts.SelectMany(p => p.Values);

    public IEnumerable<InputValueDefinition> InputFields => parts.SelectMany(p => p.InputFields);
}

/// <summary>A checked SDL document, grouped by what it defines; the built-in definitions come last.</summary>
internal sealed class SdlDefinitions
{
    public SdlDefinitions(Document own, Document builtIn)
    {
        var all = own.Definitions.Concat(builtIn.Definitions).ToList();
        Types = [.. all.OfType<TypeDefinition>()
            .GroupBy(t => t.Name.Text)
            .Select(g => new TypeParts([.. g.OrderBy(t => t.IsExtension)]))];
        Directives = [.. all.OfType<DirectiveDefinition>().DistinctBy(d => d.Name.Text)];
        var schema = own.Definitions.OfType<SchemaNode>().OrderBy(s => s.IsExtension).ToList();
        Description = schema.FirstOrDefault()?.Description;
        Roots = RootsOf(schema);
    }

    public IReadOnlyList<TypeParts> Types { get; }

    public IReadOnlyList<DirectiveDefinition> Directives { get; }

    public string? Description { get; }

    public IReadOnlyDictionary<OperationKind, string> Roots { get; }

    private Dictionary<OperationKind, string> RootsOf(List<SchemaNode> schema)
    {
        var roots = schema.SelectMany(s => s.OperationTypes).ToDictionary(o => o.Kind, o => o.Type.Name.Text);
        if (schema.Exists(s => !s.IsExtension))
        {
            return roots;
        }
        // Without a schema definition, the types of these names are the roots.
        foreach (var kind in Enum.GetValues<OperationKind>())
        {
            if (Types.Any(t => t.Name == kind.ToString() && t.Kind == TypeKind.Object))
            {
                roots.TryAdd(kind, kind.ToString());
            }
        }
        return roots;
    }
}
