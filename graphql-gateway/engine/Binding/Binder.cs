using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Binds a schema to its resolvers and finds everything that does not fit, before the first request.</summary>
internal sealed class Binder
{
    private readonly Dictionary<ObjectType, ObjectBinding> _bindings = [];
    private readonly List<string> _faults = [];
    private readonly ResolverMap _map;
    private readonly ResolverMap _introspection;

    private Binder(Schema schema, ResolverMap map)
    {
        Schema = schema;
        _map = map;
        _introspection = Introspection.Resolvers(schema);
    }

    public Schema Schema { get; }

    /// <exception cref="SchemaException">Schema and resolvers do not fit; every fault found is listed.</exception>
    public static ExecutableSchema Bind(Schema schema, ResolverMap map)
    {
        var binder = new Binder(schema, map);
        binder.CheckNames();
        binder.BindScalars();
        foreach (var type in schema.Types.OfType<ObjectType>())
        {
            if (binder.ClrOf(type) is { } clr)
            {
                binder._bindings[type] = ObjectBinding.Create(type, clr);
            }
        }
        // Fields can only be bound once every type has its CLR type.
        if (binder._faults.Count == 0)
        {
            foreach (var binding in binder._bindings.Values)
            {
                binding.Fill(binder);
            }
        }
        return binder._faults.Count > 0
            ? throw new SchemaException(binder._faults)
            : new ExecutableSchema(schema, binder._bindings);
    }

    public void Fault(string sentence) => _faults.Add(sentence);

    public ObjectBinding Binding(ObjectType type) => _bindings[type];

    public FieldResolver? Resolver(ObjectType type, FieldType field) =>
        _map.Find(type.Name, field.Name) ?? _introspection.Find(type.Name, field.Name);

    public bool IsRoot(ObjectType type) =>
        type == Schema.Query || type == Schema.Mutation || type == Schema.Subscription;

    /// <summary>The fields to bind: those of the SDL, and on the query type the two of introspection.</summary>
    public IEnumerable<FieldType> FieldsOf(ObjectType type) => type == Schema.Query
        ? type.Fields.Append(Schema.SchemaField).Append(Schema.TypeField)
        : type.Fields;

    private Type? ClrOf(ObjectType type)
    {
        // A root has no value of its own: its resolvers start from nothing.
        if (IsRoot(type))
        {
            return typeof(object);
        }
        if (_introspection.Objects.TryGetValue(type.Name, out var own))
        {
            return own;
        }
        if (_map.Objects.TryGetValue(type.Name, out var bound))
        {
            return bound;
        }
        var parents = _map.Fields.Where(f => f.TypeName == type.Name && f.SourceType is not null)
            .Select(f => f.SourceType!).Distinct().ToList();
        if (parents.Count == 1)
        {
            return parents[0];
        }
        Fault(parents.Count == 0
            ? $"Object type {type} is bound to no CLR type: add Object<T>(\"{type}\")."
            : $"The resolvers of {type} take {string.Join(" and ", parents.Select(p => p.Name))}: " +
                $"add Object<T>(\"{type}\").");
        return null;
    }

    private void CheckNames()
    {
        foreach (var resolver in _map.Fields)
        {
            if (Schema.Type(resolver.TypeName) is not ObjectType type)
            {
                Fault($"There is a resolver for {resolver.TypeName}.{resolver.FieldName}, " +
                    $"but the schema has no object type {resolver.TypeName}.");
            }
            else if (type.Find(resolver.FieldName) is null)
            {
                Fault($"There is a resolver for {resolver.TypeName}.{resolver.FieldName}, " +
                    "but the schema has no such field.");
            }
        }
        foreach (var name in _map.Objects.Keys)
        {
            if (Schema.Type(name) is not ObjectType)
            {
                Fault($"Object<T>(\"{name}\") names no object type of the schema.");
            }
        }
    }

    private void BindScalars()
    {
        foreach (var scalar in Schema.Types.OfType<ScalarType>().Where(s => !s.IsBuiltIn))
        {
            if (_map.Scalars.TryGetValue(scalar.Name, out var binding))
            {
                scalar.Binding = binding;
            }
            else
            {
                Fault($"Scalar {scalar} is not bound: add Scalar<T>(\"{scalar}\", ...).");
            }
        }
        foreach (var name in _map.Scalars.Keys)
        {
            if (Schema.Type(name) is not ScalarType { IsBuiltIn: false })
            {
                Fault($"Scalar {name} is bound, but the schema does not define it.");
            }
        }
    }
}
