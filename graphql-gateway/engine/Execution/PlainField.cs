namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// A leaf read from the parent: the hot path. No path is kept, for nothing below can fail on its own.
/// </summary>
internal sealed class PlainLeafField<T, TValue>(FieldSite site, Func<T, TValue> read, ValueWriter<TValue> writer)
    : FieldPlan<T>(site)
{
    private readonly byte[] _prefix = site.Prefix;
    private readonly bool _isNonNull = site.IsNonNull;

    public override bool IsDeferred => false;

    public override bool Write(T source, Run x)
    {
        var json = x.Json;
        json.Raw(_prefix);
        var start = json.Length;
        Outcome outcome;
        try
        {
            outcome = writer.Write(read(source), x);
        }
        catch (Exception fault)
        {
            x.Report(fault, Site, Site.ResponseName);
            outcome = Outcome.Faulted;
        }
        if (outcome != Outcome.Written)
        {
            return x.Place(outcome, _isNonNull, start, Site, Site.ResponseName);
        }
        json.Raw((byte)',');
        return true;
    }
}

/// <summary>An object or list read from the parent, with nothing below that needs a resolver.</summary>
internal sealed class PlainField<T, TValue>(FieldSite site, Func<T, TValue> read, ValueWriter<TValue> writer)
    : FieldPlan<T>(site)
{
    public override bool IsDeferred => false;

    public override bool Write(T source, Run x)
    {
        TValue value;
        try
        {
            value = read(source);
        }
        catch (Exception fault)
        {
            return WriteFault(fault, x);
        }
        return Write(value, writer, x);
    }
}

/// <summary>
/// An object or list read from the parent, with resolvers to call below it. The values are read once, before those
/// calls, and kept: the answer is written from the same objects that the resolvers were asked about.
/// </summary>
internal sealed class PlainDeferredField<T, TValue>(
    FieldSite site, Func<T, TValue> read, ValueWriter<TValue> writer, int slot)
    : FieldPlan<T>(site)
{
    public override bool IsDeferred => true;

    public override ValueTask Resolve(IReadOnlyList<T> sources, Run x)
    {
        var values = new TValue[sources.Count];
        var column = new Column<TValue>(values);
        x.SetColumn(slot, column);
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = read(sources[i]);
            }
            catch (Exception fault)
            {
                column.Fail(i, fault);
            }
        }
        return writer.Resolve(column.Succeeded(), x);
    }

    public override bool Write(T source, Run x)
    {
        var fault = x.Column<Column<TValue>>(slot).Next(out var value);
        return fault is null ? Write(value, writer, x) : WriteFault(fault, x);
    }
}
