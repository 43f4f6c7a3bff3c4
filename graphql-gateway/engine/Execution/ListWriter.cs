namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// A list. Its items are snapshotted when something below is resolved, so that both walks meet the same ones.
/// </summary>
internal sealed class ListWriter<TList, TItem>(
    ValueWriter<TItem> item, bool isItemNonNull, FieldSite site, int slot) : ValueWriter<TList>
    where TList : IReadOnlyCollection<TItem>
{
    public override bool IsDeferred => item.IsDeferred;

    public override bool KeepsPath => true;

    public override Outcome Write(TList value, Run x)
    {
        if (value is null)
        {
            return Outcome.Null;
        }
        if (item.IsDeferred)
        {
            return WriteItems(x.Column<Snapshot>(slot).Next(), x);
        }
        return value switch
        {
            TItem[] array => WriteItems(array, x),
            List<TItem> list => WriteItems(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list), x),
            _ => WriteItems(value.ToArray(), x),
        };
    }

    public override ValueTask Resolve(IReadOnlyList<TList> values, Run x)
    {
        var snapshot = new Snapshot();
        x.SetColumn(slot, snapshot);
        foreach (var list in values)
        {
            if (list is not null)
            {
                snapshot.Add(list);
            }
        }
        return item.Resolve(snapshot.Items, x);
    }

    private Outcome WriteItems(ReadOnlySpan<TItem> items, Run x)
    {
        x.Json.Raw((byte)'[');
        x.PushIndex();
        var isLost = false;
        var wasMuted = x.IsMuted;
        for (var i = 0; i < items.Length; i++)
        {
            x.SetIndex(i);
            if (WriteItem(items[i], x))
            {
                continue;
            }
            isLost = true;
            if (!item.IsDeferred)
            {
                break;
            }
            // The rest is walked without writing: resolved values below it wait to be taken in step.
            x.IsMuted = true;
        }
        x.IsMuted = wasMuted;
        x.Pop();
        if (isLost)
        {
            return Outcome.Faulted;
        }
        x.Json.Close((byte)']');
        return Outcome.Written;
    }

    private bool WriteItem(TItem value, Run x)
    {
        var start = x.Json.Length;
        Outcome outcome;
        try
        {
            outcome = item.Write(value, x);
        }
        catch (Exception fault)
        {
            x.Report(fault, site, null);
            outcome = Outcome.Faulted;
        }
        if (outcome != Outcome.Written)
        {
            return x.Place(outcome, isItemNonNull, start, site, null);
        }
        x.Json.Raw((byte)',');
        return true;
    }

    private sealed class Snapshot
    {
        private readonly List<int> _ends = [];
        private int _next;

        public List<TItem> Items { get; } = [];

        public void Add(TList list)
        {
            Items.AddRange(list);
            _ends.Add(Items.Count);
        }

        public ReadOnlySpan<TItem> Next()
        {
            var start = _next == 0 ? 0 : _ends[_next - 1];
            var end = _ends[_next++];
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Items)[start..end];
        }
    }
}
