namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>
/// Binds the schema's fields to code, whichever engine executes them. A field of an object type needs no entry when
/// the type is bound by <see cref="Object{T}"/> and T has a public property of the field's name in PascalCase. An
/// engine checks the map against the schema at start and refuses what does not fit with one clear sentence.
/// </summary>
/// <remarks>
/// CLR enums stand for GraphQL enum values by <see cref="EnumNames"/>, in both directions; a field of an enum type may
/// also give the value's name as a string.
/// </remarks>
public sealed class ResolverMap
{
    private readonly Dictionary<(string Type, string Field), FieldResolver> _fields = [];
    private readonly Dictionary<string, Type> _objects = [];
    private readonly Dictionary<string, ScalarBinding> _scalars = [];

    /// <summary>Every field that has an entry.</summary>
    public IReadOnlyCollection<FieldResolver> Fields => _fields.Values;

    /// <summary>GraphQL object type name -> the CLR type of its values.</summary>
    public IReadOnlyDictionary<string, Type> Objects => _objects;

    /// <summary>Custom scalars by name.</summary>
    public IReadOnlyDictionary<string, ScalarBinding> Scalars => _scalars;

    /// <summary>The entry of a field; null when there is none.</summary>
    public FieldResolver? Find(string type, string field) => _fields.GetValueOrDefault((type, field));

    /// <summary>
    /// The object type's values are of type <typeparamref name="T"/>; also decides the runtime type of an interface
    /// or union.
    /// </summary>
    public ResolverMap Object<T>(string type) =>
        _objects.TryAdd(type, typeof(T)) ? this : throw Twice($"Object type {type}");

    /// <summary>A value read from the parent: pure, no I/O, no arguments. The fastest kind.</summary>
    public ResolverMap Plain<TSource, TValue>(string type, string field, Func<TSource, TValue> read) =>
        Add(new PlainResolver<TSource, TValue>(type, field, read));

    /// <summary>A field of Query or Mutation. Mutation fields run one after the other.</summary>
    public ResolverMap Root<TValue>(string type, string field, Func<FieldCall, ValueTask<TValue>> resolve) =>
        Add(new RootResolver<TValue>(type, field, resolve));

    /// <summary>
    /// One call for all parents at the same place of the operation. The result has one value per parent in the parents'
    /// order; <see cref="FieldCall.Fail"/> lets one element fail alone.
    /// </summary>
    public ResolverMap Batch<TSource, TValue>(
        string type, string field, Func<IReadOnlyList<TSource>, FieldCall, ValueTask<IReadOnlyList<TValue>>> resolve) =>
        Add(new BatchResolver<TSource, TValue>(type, field, resolve));

    /// <summary>A field of Subscription. The token ends when the subscriber leaves; the resolver then stops.</summary>
    public ResolverMap Stream<TEvent>(
        string field, Func<FieldCall, CancellationToken, IAsyncEnumerable<TEvent>> open) =>
        Add(new StreamResolver<TEvent>("Subscription", field, open));

    /// <summary>A custom scalar whose values are of type <typeparamref name="T"/>.</summary>
    /// <param name="name">The scalar's name in the schema.</param>
    /// <param name="expects">Completes the sentence "expected ...", e.g. <c>a date such as 2018-05-01</c>.</param>
    /// <param name="write">Writes one JSON value.</param>
    /// <param name="read">Reads a literal or a variable.</param>
    /// <param name="isPersonal">No error repeats a value.</param>
    public ResolverMap Scalar<T>(
        string name, string expects, ScalarWrite<T> write, ScalarRead<T> read, bool isPersonal = false) =>
        _scalars.TryAdd(name, new ScalarBinding<T>(name, expects, write, read) { IsPersonal = isPersonal })
            ? this
            : throw Twice($"Scalar {name}");

    private ResolverMap Add(FieldResolver resolver) =>
        _fields.TryAdd((resolver.TypeName, resolver.FieldName), resolver)
            ? this
            : throw Twice($"Field {resolver.TypeName}.{resolver.FieldName}");

    private static InvalidOperationException Twice(string what) => new($"{what} is bound twice.");
}
