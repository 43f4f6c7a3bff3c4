using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>Faults of SDL that show before names are resolved: doubles, unknown names, extensions of nothing.</summary>
internal sealed class SdlChecks
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, TypeKind> _kinds = [];
    private readonly Document _own;

    private SdlChecks(Document own, Document builtIn)
    {
        _own = own;
        foreach (var scalar in BuiltIns.Scalars)
        {
            _kinds[scalar.Name] = TypeKind.Scalar;
        }
        foreach (var type in own.Definitions.Concat(builtIn.Definitions).OfType<TypeDefinition>())
        {
            if (!type.IsExtension)
            {
                _kinds.TryAdd(type.Name.Text, type.Kind);
            }
        }
    }

    public static IReadOnlyList<string> Check(Document own, Document builtIn)
    {
        var checks = new SdlChecks(own, builtIn);
        checks.CheckSchema();
        checks.CheckTypes();
        checks.CheckDirectives();
        checks.CheckNames();
        checks._faults.AddRange(SdlDirectiveUses.Check(own, builtIn));
        return checks._faults;
    }

    private void CheckSchema()
    {
        foreach (var executable in _own.Definitions.Where(d => d is OperationDefinition or FragmentDefinition))
        {
            Fault("An SDL document holds no operations and no fragments.", executable);
        }
        foreach (var second in _own.Definitions.OfType<SchemaNode>().Where(s => !s.IsExtension).Skip(1))
        {
            Fault("Must provide only one schema definition.", second);
        }
        foreach (var twice in Doubles(
            _own.Definitions.OfType<SchemaNode>().SelectMany(s => s.OperationTypes), o => o.Kind))
        {
            Fault($"There can be only one {Word(twice.Kind)} type in schema.", twice);
        }
    }

    private void CheckTypes()
    {
        var types = _own.Definitions.OfType<TypeDefinition>().ToList();
        foreach (var twice in Doubles(types.Where(t => !t.IsExtension), t => t.Name.Text))
        {
            Fault($"There can be only one type named \"{twice.Name}\".", twice.Name);
        }
        foreach (var type in types.Where(t => !t.IsExtension && BuiltIns.Scalars.Any(s => s.Name == t.Name.Text)))
        {
            Fault($"Type \"{type.Name}\" is built in; it cannot be defined.", type.Name);
        }
        foreach (var extension in types.Where(t => t.IsExtension))
        {
            if (!_kinds.TryGetValue(extension.Name.Text, out var kind))
            {
                Fault($"Cannot extend type \"{extension.Name}\" because it is not defined.", extension.Name);
            }
            else if (kind != extension.Kind)
            {
                Fault($"Cannot extend non-{Word(extension.Kind)} type \"{extension.Name}\".", extension);
            }
        }
        foreach (var group in types.GroupBy(t => t.Name.Text))
        {
            CheckMembers(group.Key, new TypeParts([.. group]));
        }
    }

    private void CheckMembers(string type, TypeParts parts)
    {
        foreach (var twice in Doubles(parts.Fields, f => f.Name.Text))
        {
            Fault($"Field \"{type}.{twice.Name}\" can only be defined once.", twice.Name);
        }
        foreach (var twice in Doubles(parts.InputFields, f => f.Name.Text))
        {
            Fault($"Field \"{type}.{twice.Name}\" can only be defined once.", twice.Name);
        }
        foreach (var twice in Doubles(parts.Values, v => v.Name.Text))
        {
            Fault($"Enum value \"{type}.{twice.Name}\" can only be defined once.", twice.Name);
        }
        foreach (var field in parts.Fields)
        {
            foreach (var twice in Doubles(field.Arguments, a => a.Name.Text))
            {
                Fault($"Argument \"{type}.{field.Name}({twice.Name}:)\" can only be defined once.", twice.Name);
            }
        }
    }

    private void CheckDirectives()
    {
        var directives = _own.Definitions.OfType<DirectiveDefinition>().ToList();
        foreach (var twice in Doubles(directives, d => d.Name.Text))
        {
            Fault($"There can be only one directive named \"@{twice.Name}\".", twice.Name);
        }
        foreach (var directive in directives)
        {
            foreach (var twice in Doubles(directive.Arguments, a => a.Name.Text))
            {
                Fault($"Argument \"@{directive.Name}({twice.Name}:)\" can only be defined once.", twice.Name);
            }
        }
    }

    private void CheckNames()
    {
        foreach (var used in _own.Definitions.SelectMany(TypeNames))
        {
            if (!_kinds.ContainsKey(used.Name.Text))
            {
                Fault($"Unknown type \"{used.Name}\".", used);
            }
        }
    }

    private static IEnumerable<NamedTypeNode> TypeNames(Definition definition) => definition switch
    {
        SchemaNode schema => schema.OperationTypes.Select(o => o.Type),
        DirectiveDefinition directive => directive.Arguments.Select(a => Named(a.Type)),
        TypeDefinition type =>
        [
            .. type.Interfaces, .. type.Members, .. type.InputFields.Select(f => Named(f.Type)),
            .. type.Fields.SelectMany(f => f.Arguments.Select(a => Named(a.Type)).Append(Named(f.Type))),
        ],
        _ => [],
    };

    private static NamedTypeNode Named(TypeNode type) => type switch
    {
        ListTypeNode list => Named(list.Of),
        NonNullTypeNode required => Named(required.Of),
        _ => (NamedTypeNode)type,
    };

    private static IEnumerable<T> Doubles<T, TKey>(IEnumerable<T> items, Func<T, TKey> key)
        where TKey : notnull
        => items.GroupBy(key).SelectMany(g => g.Skip(1));

    private static string Word(OperationKind kind) => DirectiveLocations.Of(kind).ToLowerInvariant();

    private static string Word(TypeKind kind) =>
        kind == TypeKind.InputObject ? "input object" : kind.ToString().ToLowerInvariant();

    private void Fault(string sentence, Node at)
    {
        var place = SourceLocation.Of(_own.Text, at.At);
        _faults.Add($"{sentence} (line {place.Line}, column {place.Column})");
    }
}
