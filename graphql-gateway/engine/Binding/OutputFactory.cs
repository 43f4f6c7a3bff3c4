using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Finds how a CLR type stands for a field's GraphQL type, or says in one sentence that it cannot.</summary>
internal sealed class OutputFactory(Binder binder, string field)
{
    /// <exception cref="BindingFault">The CLR type cannot stand for the GraphQL type.</exception>
    public Output<T> For<T>(GraphType type)
    {
        if (Nullable.GetUnderlyingType(typeof(T)) is { } underlying)
        {
            return (Output<T>)Make(typeof(NullableOutput<>).MakeGenericType(underlying), Of(underlying, type));
        }
        return type.Nullable switch
        {
            ListType list => List<T>(list),
            ObjectType found => (Output<T>)Object(typeof(T), found),
            NamedType { IsAbstract: true } found => Abstract<T>(found),
            var leaf => LeafOutputs.Find<T>(leaf.Named) is { } writer
                ? new LeafOutput<T>(writer)
                : throw Unfit(leaf, typeof(T)),
        };
    }

    private Output<T> List<T>(ListType type)
    {
        var item = typeof(T).GetInterfaces().Append(typeof(T))
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>))
            .Select(i => i.GetGenericArguments()[0])
            .FirstOrDefault();
        if (item is null || typeof(T) == typeof(string))
        {
            throw Unfit(type, typeof(T));
        }
        return (Output<T>)Make(
            typeof(ListOutput<,>).MakeGenericType(typeof(T), item), Of(item, type.Of), type.Of is NonNullType);
    }

    private object Object(Type value, ObjectType type)
    {
        var binding = binder.Binding(type);
        if (!value.IsAssignableFrom(binding.Clr) && !binding.Clr.IsAssignableFrom(value))
        {
            throw Unfit(type, value);
        }
        return Make(typeof(ObjectOutput<,>).MakeGenericType(value, binding.Clr), binding);
    }

    private AbstractOutput<T> Abstract<T>(NamedType type)
    {
        var bindings = binder.Schema.PossibleTypes(type).Select(binder.Binding).ToList();
        if (bindings.GroupBy(b => b.Clr).FirstOrDefault(g => g.Skip(1).Any()) is { } twins)
        {
            throw new BindingFault(
                $"{string.Join(" and ", twins.Select(b => b.Type.Name))} are both bound to {twins.Key.Name}, " +
                $"so a value of {type} cannot tell which it is.");
        }
        var possible = bindings.Where(b => typeof(T).IsAssignableFrom(b.Clr)).ToList();
        if (possible.Count == 0)
        {
            throw Unfit(type, typeof(T));
        }
        return new AbstractOutput<T>(type.Name,
            [.. possible.Select(b => (b.Clr, (Output<T>)Object(typeof(T), b.Type)))]);
    }

    private object Of(Type clr, GraphType type)
    {
        var method = typeof(OutputFactory).GetMethod(nameof(For))!.MakeGenericMethod(clr);
        try
        {
            return method.Invoke(this, [type])!;
        }
        catch (System.Reflection.TargetInvocationException fault) when (fault.InnerException is BindingFault inner)
        {
            throw inner;
        }
    }

    private static object Make(Type type, params object[] arguments) => Activator.CreateInstance(type, arguments)!;

    private BindingFault Unfit(GraphType type, Type clr) =>
        new($"The resolver of {field} gives {Show(clr)}, which cannot stand for {type}.");

    private static string Show(Type clr) => clr.IsGenericType
        ? $"{clr.Name.Split('`')[0]}<{string.Join(", ", clr.GetGenericArguments().Select(Show))}>"
        : clr.Name;
}
