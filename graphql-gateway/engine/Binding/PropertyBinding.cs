using System.Linq.Expressions;
using System.Reflection;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>Binds a field to the public property of the same name in PascalCase.</summary>
internal static class PropertyBinding
{
    private static readonly MethodInfo s_bind =
        typeof(PropertyBinding).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <exception cref="BindingFault">There is no such property, or the field has arguments.</exception>
    public static FieldBinding<T> Find<T>(Binder binder, ObjectType type, FieldType field)
    {
        var name = char.ToUpperInvariant(field.Name[0]) + field.Name[1..];
        var property = binder.IsRoot(type) ? null : Property(typeof(T), name);
        if (property is null)
        {
            throw new BindingFault(binder.IsRoot(type)
                ? $"Field {field} has no resolver."
                : $"Field {field} has no resolver, and {typeof(T).Name} has no public property {name}.");
        }
        if (field.Arguments.Count > 0)
        {
            throw new BindingFault($"Field {field} has arguments, so a property cannot resolve it: use Batch.");
        }
        try
        {
            return (FieldBinding<T>)s_bind.MakeGenericMethod(typeof(T), property.PropertyType)
                .Invoke(null, [binder, field, property])!;
        }
        catch (TargetInvocationException fault) when (fault.InnerException is BindingFault inner)
        {
            throw inner;
        }
    }

    private static PlainBinding<T, TValue> Bind<T, TValue>(Binder binder, FieldType field, PropertyInfo property) =>
        new(Getter<T, TValue>(property), new OutputFactory(binder, field.ToString()).For<TValue>(field.Type));

    private static Func<T, TValue> Getter<T, TValue>(PropertyInfo property)
    {
        if (!typeof(T).IsValueType)
        {
            return property.GetMethod!.CreateDelegate<Func<T, TValue>>();
        }
        var parent = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, TValue>>(Expression.Property(parent, property), parent).Compile();
    }

    private static PropertyInfo? Property(Type type, string name)
    {
        var types = type.IsInterface ? type.GetInterfaces().Prepend(type) : [type];
        return types.Select(t => t.GetProperty(name, BindingFlags.Public | BindingFlags.Instance))
            .FirstOrDefault(p => p?.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0);
    }
}
