using System.Linq.Expressions;
using System.Reflection;
using HotChocolate.Language;
using HotChocolate.Resolvers;
using OsstOrleans.Gateway.Engines.HotChocolate.Answers;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>A field's code in the engine's forms: a pure resolver or another, and what opens a stream.</summary>
internal sealed record FieldCode(
    PureFieldDelegate? Pure, FieldResolverDelegate? Resolver = null, SubscribeResolverDelegate? Subscribe = null);

/// <summary>One registered resolver as the engine's delegates.</summary>
internal sealed class FieldDelegates(
    string typeName, FieldDefinitionNode field, SdlIndex sdl, ArgumentReader arguments)
    : IFieldResolverVisitor<FieldCode>
{
    private readonly OutputForm _form = sdl.FormOf(field.Type);
    private readonly string _valueType = SdlIndex.Named(field.Type);
    private readonly bool _isNonNull = field.Type is NonNullTypeNode;

    public string TypeName => typeName;

    public FieldCode Plain<TSource, TValue>(PlainResolver<TSource, TValue> resolver) => Pure(
        context => resolver.Read(context.Parent<TSource>()));

    /// <summary>A field without a resolver is the public property of its name in PascalCase.</summary>
    public FieldCode Property(Type? parent)
    {
        var name = char.ToUpperInvariant(field.Name.Value[0]) + field.Name.Value[1..];
        var property = parent?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new InvalidOperationException(
                $"Field {typeName}.{field.Name.Value} has no resolver, and its values have no public property {name}.");
        var source = Expression.Parameter(typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(source, parent), property), typeof(object)),
            source).Compile();
        return Pure(context => read(context.Parent<object>()));
    }

    public FieldCode Root<TValue>(RootResolver<TValue> resolver) => new(null, context => Guarded(
        context, async run => await run.Turn(() => resolver.Resolve(Call(context, run)))));

    /// <summary>
    /// The engine's DataLoader gathers the parents of one place; a key is one parent, however equal two may be.
    /// </summary>
    public FieldCode Batch<TSource, TValue>(BatchResolver<TSource, TValue> resolver) => new(null, context => Guarded(
        context, async run =>
        {
            var parent = new BatchParent<TSource>(context.Parent<TSource>());
            // The engine reuses a context as soon as its field has its value, and a place may have more than one batch:
            // what the resolver gets is read now, by the first parent.
            await BatchLoading.Load(
                context, $"{typeName}.{field.Name.Value}#{context.Selection.Id}", parent, () =>
                {
                    var call = Call(context, run);
                    return parents => Resolve(resolver, parents, call, run);
                });
            return parent.Fault is null ? parent.Value : throw parent.Fault;
        }));

    public FieldCode Stream<TEvent>(StreamResolver<TEvent> resolver) => new(
        null,
        context => Guarded(context, run =>
        {
            var happened = context.ScopedContextData.Values.OfType<StreamEvent>().Single();
            run.IsBroken = happened.Fault is not null;
            return happened.Fault is null ? new ValueTask<object?>(happened.Value) : throw happened.Fault;
        }),
        context =>
        {
            var run = RequestRun.Of(context);
            try
            {
                var events = resolver.Open(Call(context, run), run.StreamEnded);
                return new(new EventSource<TEvent>(events, run.StreamEnded));
            }
            catch (Exception fault)
            {
                throw run.Fault(fault);
            }
        });

    private static async ValueTask Resolve<TSource, TValue>(
        BatchResolver<TSource, TValue> resolver, IReadOnlyList<BatchParent<TSource>> parents, FieldCall call,
        RequestRun run)
    {
        try
        {
            TSource[] sources = [.. parents.Select(parent => parent.Source)];
            var values = await run.Turn(() => resolver.Resolve(sources, call));
            if (values.Count != sources.Length)
                throw new InvalidOperationException($"The resolver of {resolver.TypeName}.{resolver.FieldName} " +
                    $"gave {values.Count} values for {sources.Length} parents.");
            for (var i = 0; i < sources.Length; i++)
                parents[i].Value = values[i];
            foreach (var (index, fault) in call.Failed ?? new Dictionary<int, FieldFault>())
                parents[index].Fault = fault;
        }
        catch (Exception fault)
        {
            foreach (var parent in parents)
                parent.Fault = fault;
        }
    }

    private FieldCode Pure(Func<IResolverContext, object?> read) => new(context =>
    {
        try
        {
            return Output(read(context));
        }
        catch (Exception fault)
        {
            throw RequestRun.Of(context).Fault(fault);
        }
    });

    private async ValueTask<object?> Guarded(
        IResolverContext context, Func<RequestRun, ValueTask<object?>> resolve)
    {
        var run = RequestRun.Of(context);
        try
        {
            return Output(await resolve(run));
        }
        catch (Exception fault)
        {
            throw run.Fault(fault);
        }
    }

    private object? Output(object? value) => value is not null || !_isNonNull
        ? OutputValue.Of(value, _form, _valueType)
        : throw new FieldFault(
            GraphQLErrorCodes.NullValue,
            $"Cannot return null for non-nullable field {typeName}.{field.Name.Value}.");

    private FieldCall Call(IResolverContext context, RequestRun run)
    {
        var below = context.Select();
        return new(arguments.Read(field, context), run.Request, path => Selects(below, path));
    }

    private static bool Selects(ISelectionCollection below, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? below.IsSelected(path) : Selects(below.Select(path[..dot]), path[(dot + 1)..]);
    }
}
