namespace OsstOrleans.GraphQL.Execution;

/// <summary>A CLR value type that may be absent.</summary>
internal sealed class NullableWriter<T>(ValueWriter<T> inner) : ValueWriter<T?>
    where T : struct
{
    public override bool IsDeferred => inner.IsDeferred;

    public override bool KeepsPath => inner.KeepsPath;

    public override Outcome Write(T? value, Run x) =>
        value.HasValue ? inner.Write(value.GetValueOrDefault(), x) : Outcome.Null;

    public override ValueTask Resolve(IReadOnlyList<T?> values, Run x)
    {
        var present = new List<T>(values.Count);
        foreach (var value in values)
        {
            if (value.HasValue)
            {
                present.Add(value.GetValueOrDefault());
            }
        }
        return inner.Resolve(present, x);
    }
}

/// <summary>An object whose CLR type is known when the plan is made.</summary>
internal sealed class ObjectWriter<T>(ObjectPlan<T> plan) : ValueWriter<T>
{
    public override bool IsDeferred => plan.IsDeferred;

    public override bool KeepsPath => true;

    public override Outcome Write(T value, Run x) => value is null ? Outcome.Null : plan.Write(value, x);

    public override ValueTask Resolve(IReadOnlyList<T> values, Run x)
    {
        var hasNull = default(T) is null && values.Any(static v => v is null);
        return plan.Resolve(hasNull ? [.. values.Where(static v => v is not null)] : values, x);
    }
}

/// <summary>An object that the resolver gives as a wider CLR type.</summary>
internal sealed class CastWriter<TValue, T>(ObjectPlan<T> plan) : ValueWriter<TValue>
{
    public override bool IsDeferred => plan.IsDeferred;

    public override bool KeepsPath => true;

    public override Outcome Write(TValue value, Run x) =>
        value is null ? Outcome.Null : plan.Write((T)(object)value, x);

    public override ValueTask Resolve(IReadOnlyList<TValue> values, Run x)
    {
        var objects = new List<T>(values.Count);
        // A value of another type fails when it is written, and is never taken below.
        foreach (var value in values)
        {
            if (value is T fits)
            {
                objects.Add(fits);
            }
        }
        return plan.Resolve(objects, x);
    }
}

/// <summary>An interface's or union's value: its CLR type decides which object type it is.</summary>
internal sealed class AbstractWriter<T>(string typeName, IReadOnlyList<(Type Clr, ValueWriter<T> Writer)> possible)
    : ValueWriter<T>
{
    private readonly Dictionary<Type, ValueWriter<T>> _exact = possible.ToDictionary(p => p.Clr, p => p.Writer);

    public override bool IsDeferred { get; } = possible.Any(p => p.Writer.IsDeferred);

    public override bool KeepsPath => true;

    public override Outcome Write(T value, Run x) => value is null ? Outcome.Null : Of(value).Write(value, x);

    public override ValueTask Resolve(IReadOnlyList<T> values, Run x)
    {
        // A value that no type fits fails when it is written, and is never taken below.
        var groups = values.Where(v => v is not null).GroupBy(v => Find(v!)).Where(g => g.Key is not null);
        List<Task>? pending = null;
        foreach (var group in groups)
        {
            var task = group.Key!.Resolve([.. group], x);
            if (!task.IsCompletedSuccessfully)
            {
                (pending ??= []).Add(task.AsTask());
            }
        }
        return pending is null ? default : new ValueTask(Task.WhenAll(pending));
    }

    /// <exception cref="FieldFault">The resolver gave it in the place of one of its values, which fails alone.
    /// </exception>
    private ValueWriter<T> Of(T value) => Find(value) ?? throw (value as FieldFault as Exception
        ?? new InvalidOperationException($"{value!.GetType().Name} is bound to no object type of {typeName}."));

    private ValueWriter<T>? Find(T value)
    {
        if (_exact.TryGetValue(value!.GetType(), out var writer))
        {
            return writer;
        }
        foreach (var (clr, candidate) in possible)
        {
            if (clr.IsInstanceOfType(value))
            {
                return candidate;
            }
        }
        return null;
    }
}
