namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>Writes a scalar's value as one JSON value.</summary>
public delegate void ScalarWrite<in T>(T value, JsonSink json);

/// <summary>
/// Reads a scalar from input. <paramref name="raw"/> is a <c>string</c>, <c>int</c>, <c>long</c>, <c>double</c>,
/// <c>bool</c>, <c>IReadOnlyList&lt;object?&gt;</c> or <c>IReadOnlyDictionary&lt;string, object?&gt;</c>, never null.
/// </summary>
/// <returns>False when the input is no such scalar.</returns>
public delegate bool ScalarRead<T>(object raw, out T value);

/// <summary>What an engine learns about one custom scalar.</summary>
public abstract class ScalarBinding
{
    private protected ScalarBinding(string name, string expects, Type clrType)
    {
        Name = name;
        Expects = expects;
        ClrType = clrType;
    }

    /// <summary>The scalar's name in the schema.</summary>
    public string Name { get; }

    /// <summary>Completes the sentence "Date cannot represent "x": expected ...".</summary>
    public string Expects { get; }

    /// <summary>The CLR type of its values.</summary>
    public Type ClrType { get; }

    /// <summary>Values identify or describe a person: no error repeats them.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Reads input in any of its raw forms; false when it is no such scalar.</summary>
    public abstract bool TryRead(object raw, out object? value);

    /// <summary>Writes a value that is known only at run time.</summary>
    public abstract void WriteBoxed(object value, JsonSink json);
}

/// <inheritdoc cref="ScalarBinding"/>
public sealed class ScalarBinding<T>(string name, string expects, ScalarWrite<T> write, ScalarRead<T> read)
    : ScalarBinding(name, expects, typeof(T))
{
    /// <summary>Writes one value, unboxed.</summary>
    public ScalarWrite<T> Write { get; } = write;

    /// <inheritdoc/>
    public override bool TryRead(object raw, out object? value)
    {
        var fits = read(raw, out var typed);
        value = typed;
        return fits;
    }

    /// <inheritdoc/>
    public override void WriteBoxed(object value, JsonSink json) => Write((T)value, json);
}
