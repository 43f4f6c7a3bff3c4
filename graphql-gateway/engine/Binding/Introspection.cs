using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Introspection (specification section 4) as resolvers like any other.</summary>
internal static class Introspection
{
    public static ResolverMap Resolvers(Schema schema)
    {
        var map = new ResolverMap();
        map.Root(schema.Query.Name, "__schema", _ => new ValueTask<Schema>(schema));
        map.Root(schema.Query.Name, "__type",
            call => new ValueTask<GraphType?>(schema.Type(call.Arguments.Get<string>("name"))));
        BindSchema(map);
        BindType(map, schema);
        BindMembers(map);
        return map;
    }

    private static void BindSchema(ResolverMap map) => map
        .Object<Schema>("__Schema")
        .Plain<Schema, IReadOnlyList<GraphType>>("__Schema", "types", s => s.Types)
        .Plain<Schema, GraphType>("__Schema", "queryType", s => s.Query)
        .Plain<Schema, GraphType?>("__Schema", "mutationType", s => s.Mutation)
        .Plain<Schema, GraphType?>("__Schema", "subscriptionType", s => s.Subscription)
        .Object<DirectiveType>("__Directive")
        .Batch<DirectiveType, IReadOnlyList<InputValue>>("__Directive", "args",
            (directives, call) => Each(directives, d => Shown(d.Arguments, call)));

    private static void BindType(ResolverMap map, Schema schema) => map
        .Object<GraphType>("__Type")
        .Plain<GraphType, string>("__Type", "kind", Kind)
        .Plain<GraphType, string?>("__Type", "name", t => (t as NamedType)?.Name)
        .Plain<GraphType, string?>("__Type", "description", t => (t as NamedType)?.Description)
        .Plain<GraphType, string?>("__Type", "specifiedByURL", t => (t as ScalarType)?.SpecifiedByUrl)
        .Plain<GraphType, IReadOnlyList<GraphType>?>("__Type", "interfaces", t => (t as FieldsType)?.Interfaces)
        .Plain<GraphType, IReadOnlyList<GraphType>?>("__Type", "possibleTypes",
            t => t is NamedType { IsAbstract: true } type ? schema.PossibleTypes(type) : null)
        .Plain<GraphType, GraphType?>("__Type", "ofType",
            t => t switch { ListType list => list.Of, NonNullType required => required.Of, _ => null })
        .Plain<GraphType, bool?>("__Type", "isOneOf", t => (t as InputObjectType)?.IsOneOf)
        .Batch<GraphType, IReadOnlyList<FieldType>?>("__Type", "fields",
            (types, call) => Each(types, t => t is FieldsType type
                ? Shown(type.Fields, f => f.DeprecationReason, call) : null))
        .Batch<GraphType, IReadOnlyList<EnumValue>?>("__Type", "enumValues",
            (types, call) => Each(types, t => t is EnumType type
                ? Shown(type.Values, v => v.DeprecationReason, call) : null))
        .Batch<GraphType, IReadOnlyList<InputValue>?>("__Type", "inputFields",
            (types, call) => Each(types, t => t is InputObjectType type ? Shown(type.Fields, call) : null));

    private static void BindMembers(ResolverMap map) => map
        .Object<FieldType>("__Field")
        .Plain<FieldType, bool>("__Field", "isDeprecated", f => f.DeprecationReason is not null)
        .Batch<FieldType, IReadOnlyList<InputValue>>("__Field", "args",
            (fields, call) => Each(fields, f => Shown(f.Arguments, call)))
        .Object<InputValue>("__InputValue")
        .Plain<InputValue, bool>("__InputValue", "isDeprecated", v => v.DeprecationReason is not null)
        .Plain<InputValue, string?>("__InputValue", "defaultValue",
            v => v.Default is null ? null : ValuePrinter.Print(v.Default))
        .Object<EnumValue>("__EnumValue")
        .Plain<EnumValue, bool>("__EnumValue", "isDeprecated", v => v.DeprecationReason is not null);

    private static string Kind(GraphType type) => type switch
    {
        ListType => "LIST",
        NonNullType => "NON_NULL",
        _ => DirectiveLocations.Of(type.Named.Kind),
    };

    private static IReadOnlyList<InputValue> Shown(IReadOnlyList<InputValue> values, FieldCall call) =>
        Shown(values, v => v.DeprecationReason, call);

    private static IReadOnlyList<T> Shown<T>(IReadOnlyList<T> members, Func<T, string?> reason, FieldCall call) =>
        call.Arguments.GetOrDefault("includeDeprecated", false) ? members : [.. members.Where(m => reason(m) is null)];

    private static ValueTask<IReadOnlyList<TValue>> Each<T, TValue>(IReadOnlyList<T> parents, Func<T, TValue> of) =>
        new(parents.Select(of).ToArray());
}
