namespace OsstOrleans.GraphQL.Execution;

internal enum Outcome
{
    /// <summary>The value stands in the answer.</summary>
    Written,

    /// <summary>There is no value. What was written so far does not count.</summary>
    Null,

    /// <summary>There is no value and an error says why. What was written so far does not count.</summary>
    Faulted,
}

/// <summary>
/// Writes values of one GraphQL type, found in one place of an operation, straight into the answer. The place that
/// holds the value decides what a missing value means; see <see cref="Run.Place"/>.
/// </summary>
internal abstract class ValueWriter<T>
{
    /// <summary>Something below needs its resolver called before the answer can be written.</summary>
    public virtual bool IsDeferred => false;

    /// <summary>True when values below this one can have errors of their own, so that the path must be kept.</summary>
    public virtual bool KeepsPath => false;

    public abstract Outcome Write(T value, Run x);

    /// <summary>
    /// Calls the resolvers below, once for all values of this place. <see cref="Write"/> then meets the same values in
    /// the same order.
    /// </summary>
    public virtual ValueTask Resolve(IReadOnlyList<T> values, Run x) => default;
}
