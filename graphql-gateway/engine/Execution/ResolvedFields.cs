using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>A field whose resolver is called once for all parents at its place.</summary>
internal sealed class BatchField<T, TValue>(
    FieldSite site, BatchCall<T, TValue> resolve, ValueWriter<TValue> writer, int slot)
    : FieldPlan<T>(site)
{
    public override bool IsDeferred => true;

    public override async ValueTask Resolve(IReadOnlyList<T> sources, Run x)
    {
        Column<TValue> column;
        try
        {
            var call = Call(x);
            var values = await Turn.Take(x, static a => a.resolve(a.sources, a.call), (resolve, sources, call));
            if (values.Count != sources.Count)
            {
                throw new InvalidOperationException(
                    $"The resolver of {Site.Definition} gave {values.Count} values for {sources.Count} parents.");
            }
            column = new Column<TValue>(values);
            foreach (var (index, fault) in call.Failed ?? new Dictionary<int, FieldFault>())
            {
                column.Fail(index, fault);
            }
        }
        catch (Exception fault)
        {
            x.SetColumn(slot, new Column<TValue>(fault));
            return;
        }
        x.SetColumn(slot, column);
        if (writer.IsDeferred)
        {
            await writer.Resolve(column.Succeeded(), x);
        }
    }

    public override bool Write(T source, Run x)
    {
        var fault = x.Column<Column<TValue>>(slot).Next(out var value);
        return fault is null ? Write(value, writer, x) : WriteFault(fault, x);
    }
}

internal delegate ValueTask<IReadOnlyList<TValue>> BatchCall<in T, TValue>(IReadOnlyList<T> sources, FieldCall call);

/// <summary>A field of Query or Mutation. Where a payload leads back to Query, all parents share one call.</summary>
internal sealed class RootField<T, TValue>(
    FieldSite site, Func<FieldCall, ValueTask<TValue>> resolve, ValueWriter<TValue> writer, int slot)
    : FieldPlan<T>(site)
{
    public override bool IsDeferred => true;

    public override async ValueTask Resolve(IReadOnlyList<T> sources, Run x)
    {
        TValue value;
        try
        {
            value = await Turn.Take(x, static a => a.resolve(a.call), (resolve, call: Call(x)));
        }
        catch (Exception fault)
        {
            x.SetColumn(slot, new Column<TValue>(fault));
            return;
        }
        // Below a list of parents each one writes the value anew, so what is below must stand ready as often.
        var isShared = sources.Count == 1 || !writer.IsDeferred;
        var values = isShared ? [value] : Enumerable.Repeat(value, sources.Count).ToArray();
        x.SetColumn(slot, isShared ? new Column<TValue>(value) : new Column<TValue>(values));
        if (writer.IsDeferred)
        {
            await writer.Resolve(values, x);
        }
    }

    public override bool Write(T source, Run x)
    {
        var fault = x.Column<Column<TValue>>(slot).Next(out var value);
        return fault is null ? Write(value, writer, x) : WriteFault(fault, x);
    }
}

/// <summary>A field of Subscription: its value is the event that this answer is for.</summary>
internal sealed class StreamField<T, TEvent>(
    FieldSite site, Func<FieldCall, CancellationToken, IAsyncEnumerable<TEvent>> open, ValueWriter<TEvent> writer)
    : FieldPlan<T>(site), IEventSource
{
    public override bool IsDeferred => writer.IsDeferred;

    public async IAsyncEnumerable<object?> Open(
        Run x, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var happened in open(Call(x), token))
        {
            yield return happened;
        }
    }

    public override ValueTask Resolve(IReadOnlyList<T> sources, Run x) =>
        writer.Resolve([(TEvent)(object)sources[0]!], x);

    public override bool Write(T source, Run x) => Write((TEvent)(object)source!, writer, x);
}

/// <summary>The one field of a subscription, whatever its event's type.</summary>
internal interface IEventSource
{
    FieldSite Site { get; }

    IAsyncEnumerable<object?> Open(Run x, CancellationToken token);
}
