using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>A schema whose every field has its code.</summary>
internal sealed class ExecutableSchema(Schema schema, IReadOnlyDictionary<ObjectType, ObjectBinding> bindings)
{
    public Schema Schema { get; } = schema;

    /// <summary>A root type's binding; its values are a mere placeholder.</summary>
    public ObjectBinding<object> Root(ObjectType type) => (ObjectBinding<object>)bindings[type];
}
