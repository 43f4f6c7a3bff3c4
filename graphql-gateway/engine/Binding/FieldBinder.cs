using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Binds one registered resolver to a field of an object type whose values are of type T.</summary>
internal sealed class FieldBinder<T>(Binder binder, FieldType field, ObjectType type)
    : IFieldResolverVisitor<FieldBinding<T>>
{
    public FieldBinding<T> Plain<TSource, TValue>(PlainResolver<TSource, TValue> resolver)
    {
        if (field.Arguments.Count > 0)
        {
            throw new BindingFault($"Field {field} has arguments, so Plain cannot resolve it: use Batch or Root.");
        }
        return new PlainBinding<T, TValue>(Fit<TSource, Func<T, TValue>>(resolver.Read), Output<TValue>());
    }

    public FieldBinding<T> Root<TValue>(RootResolver<TValue> resolver)
    {
        if (type != binder.Schema.Query && type != binder.Schema.Mutation)
        {
            throw new BindingFault($"Root resolves fields of Query and Mutation, not {field}: use Plain or Batch.");
        }
        return new RootBinding<T, TValue>(resolver.Resolve, Output<TValue>());
    }

    public FieldBinding<T> Batch<TSource, TValue>(BatchResolver<TSource, TValue> resolver)
    {
        var call = Fit<TSource, Func<IReadOnlyList<T>, FieldCall, ValueTask<IReadOnlyList<TValue>>>>(resolver.Resolve);
        return new BatchBinding<T, TValue>(new BatchCall<T, TValue>(call), Output<TValue>());
    }

    public FieldBinding<T> Stream<TEvent>(StreamResolver<TEvent> resolver)
    {
        if (type != binder.Schema.Subscription)
        {
            throw new BindingFault($"Stream resolves fields of Subscription, not {field}.");
        }
        return new StreamBinding<T, TEvent>(resolver.Open, Output<TEvent>());
    }

    private Output<TValue> Output<TValue>() => new OutputFactory(binder, field.ToString()).For<TValue>(field.Type);

    /// <summary>
    /// A resolver for a wider parent type serves a narrower one: delegates take that without a wrapper.
    /// </summary>
    private TDelegate Fit<TSource, TDelegate>(object resolver)
        where TDelegate : Delegate
        => resolver as TDelegate ?? throw new BindingFault(
            $"The resolver of {field} takes {typeof(TSource).Name}, but values of {type} are {typeof(T).Name}.");
}
