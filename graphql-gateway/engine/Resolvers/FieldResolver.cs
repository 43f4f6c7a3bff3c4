namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>
/// What an engine learns about one registered field. Its kinds are the three sealed classes beside it.
/// </summary>
public abstract class FieldResolver
{
    private protected FieldResolver(string typeName, string fieldName, Type? sourceType, Type valueType)
    {
        TypeName = typeName;
        FieldName = fieldName;
        SourceType = sourceType;
        ValueType = valueType;
    }

    /// <summary>The object type in the schema.</summary>
    public string TypeName { get; }

    /// <summary>The field in the schema.</summary>
    public string FieldName { get; }

    /// <summary>The parent's CLR type; null where there is no parent.</summary>
    public Type? SourceType { get; }

    /// <summary>The CLR type that stands for one value of the field, or for one event of a stream.</summary>
    public Type ValueType { get; }

    /// <summary>Hands the engine the resolver with its CLR types, without reflection.</summary>
    public abstract TResult Accept<TResult>(IFieldResolverVisitor<TResult> visitor);
}

/// <summary>An engine's side of <see cref="FieldResolver.Accept"/>.</summary>
public interface IFieldResolverVisitor<out TResult>
{
    /// <summary>A value read from the parent.</summary>
    TResult Plain<TSource, TValue>(PlainResolver<TSource, TValue> resolver);

    /// <summary>A field of Query or Mutation.</summary>
    TResult Root<TValue>(RootResolver<TValue> resolver);

    /// <summary>A field resolved for all parents at once.</summary>
    TResult Batch<TSource, TValue>(BatchResolver<TSource, TValue> resolver);

    /// <summary>A field of Subscription.</summary>
    TResult Stream<TEvent>(StreamResolver<TEvent> resolver);
}

/// <summary>A value read from the parent: pure, no I/O, no arguments.</summary>
public sealed class PlainResolver<TSource, TValue>(string type, string field, Func<TSource, TValue> read)
    : FieldResolver(type, field, typeof(TSource), typeof(TValue))
{
    /// <summary>Reads the value.</summary>
    public Func<TSource, TValue> Read { get; } = read;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IFieldResolverVisitor<TResult> visitor) => visitor.Plain(this);
}

/// <summary>A field of Query or Mutation.</summary>
public sealed class RootResolver<TValue>(string type, string field, Func<FieldCall, ValueTask<TValue>> resolve)
    : FieldResolver(type, field, null, typeof(TValue))
{
    /// <summary>Finds the value.</summary>
    public Func<FieldCall, ValueTask<TValue>> Resolve { get; } = resolve;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IFieldResolverVisitor<TResult> visitor) => visitor.Root(this);
}

/// <summary>A field resolved once for all parents at one place of the operation.</summary>
public sealed class BatchResolver<TSource, TValue>(
    string type, string field, Func<IReadOnlyList<TSource>, FieldCall, ValueTask<IReadOnlyList<TValue>>> resolve)
    : FieldResolver(type, field, typeof(TSource), typeof(TValue))
{
    /// <summary>Finds one value for each parent, in the parents' order.</summary>
    public Func<IReadOnlyList<TSource>, FieldCall, ValueTask<IReadOnlyList<TValue>>> Resolve { get; } = resolve;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IFieldResolverVisitor<TResult> visitor) => visitor.Batch(this);
}

/// <summary>A field of Subscription: each event becomes one answer, in which it is the field's value.</summary>
public sealed class StreamResolver<TEvent>(
    string type, string field, Func<FieldCall, CancellationToken, IAsyncEnumerable<TEvent>> open)
    : FieldResolver(type, field, null, typeof(TEvent))
{
    /// <summary>Opens the stream of events.</summary>
    public Func<FieldCall, CancellationToken, IAsyncEnumerable<TEvent>> Open { get; } = open;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IFieldResolverVisitor<TResult> visitor) => visitor.Stream(this);
}
