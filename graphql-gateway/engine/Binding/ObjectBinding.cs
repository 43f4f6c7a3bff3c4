using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>An object type bound to the CLR type of its values.</summary>
internal abstract class ObjectBinding(ObjectType type, Type clr)
{
    public ObjectType Type { get; } = type;

    public Type Clr { get; } = clr;

    /// <summary>Binds every field of the type, once the bindings of all types exist.</summary>
    public abstract void Fill(Binder binder);

    public static ObjectBinding Create(ObjectType type, Type clr) =>
        (ObjectBinding)Activator.CreateInstance(typeof(ObjectBinding<>).MakeGenericType(clr), type, clr)!;
}

/// <inheritdoc cref="ObjectBinding"/>
internal sealed class ObjectBinding<T>(ObjectType type, Type clr) : ObjectBinding(type, clr)
{
    private readonly Dictionary<string, FieldBinding<T>> _fields = [];

    public override void Fill(Binder binder)
    {
        foreach (var field in binder.FieldsOf(Type))
        {
            try
            {
                _fields[field.Name] = Bind(field, binder);
            }
            catch (BindingFault fault)
            {
                binder.Fault(fault.Message);
            }
        }
    }

    public ObjectPlan<T> Plan(IReadOnlyList<SelectionSet> sets, PlanCompiler compiler) =>
        new(Type, compiler.Sites(Type, sets).Select(site => Plan(site, compiler)));

    private FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler) => site.Definition.Name == "__typename"
        ? new TypeNameField<T>(site, Type.Name)
        : _fields[site.Definition.Name].Plan(site, compiler);

    private FieldBinding<T> Bind(FieldType field, Binder binder)
    {
        var resolver = binder.Resolver(Type, field);
        return resolver is not null
            ? resolver.Accept(new FieldBinder<T>(binder, field, Type))
            : PropertyBinding.Find<T>(binder, Type, field);
    }
}
