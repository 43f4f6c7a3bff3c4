using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>What lies beside the log: keys, what is kept by consent, snapshots, notes and the two logs.</summary>
internal sealed partial class MemoryStore : ISnapshotTable, IDeliveryStore, IClientLogs
{
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<GrainName, Dictionary<string, ReadOnlyMemory<byte>>> _kept = [];
    private readonly Dictionary<GrainName, GrainSnapshot> _snapshots = [];
    private readonly SortedDictionary<(string Shelf, string Key), ReadOnlyMemory<byte>> _notes =
        new(Comparer<(string Shelf, string Key)>.Create(static (one, other) =>
            string.CompareOrdinal(one.Shelf, other.Shelf) is var shelf and not 0
                ? shelf
                : string.CompareOrdinal(one.Key, other.Key)));

    /// <summary>Lines of the use log, in the order of their writing.</summary>
    public List<UseLine> Accesses { get; } = [];

    /// <summary>Lines of the disclosure log, in the order of their writing.</summary>
    public List<DisclosureLine> Disclosures { get; } = [];

    /// <summary>Every key that there ever was: for the proof alone, which reads what was erased since.</summary>
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _everyKey = [];

    /// <summary>The keys that a client ever had, and no events.</summary>
    public StreamTail EveryKeyOf(GrainName client) =>
        new([], _everyKey.GetValueOrDefault(client.ToString())) { MatterKeys = MattersIn(_everyKey, client) };

    /// <summary>Whether anything of a person is left that could be read.</summary>
    public bool HasWordsOf(GrainName client) => Held(() => !KeyOf(client.ToString()).IsEmpty
        || MattersIn(_keys, client).Length > 0
        || !KeyOf(MasterKey.ConsentKeyName(client)).IsEmpty || KeptOf(client).Count > 0
        || _snapshots.ContainsKey(client));

    /// <summary>Whether anything is kept of a client by consent.</summary>
    public bool Keeps(GrainName client) => Held(() => KeptOf(client).Count > 0);

    public ValueTask<bool> AddByConsent(ConsentEntry entry) => new(Held(() =>
    {
        var name = MasterKey.ConsentKeyName(entry.Grain);
        if (entry.NewKeyAtVersion is > 0 and var version && StreamOf(entry.Grain).Count == version)
        {
            _keys.TryAdd(name, entry.ConsentKey);
        }
        if (!KeyOf(name).Span.SequenceEqual(entry.ConsentKey.Span))
        {
            return false;
        }
        if (!_kept.TryGetValue(entry.Grain, out var kept))
        {
            _kept[entry.Grain] = kept = new(StringComparer.Ordinal);
        }
        kept.TryAdd(Convert.ToHexString(entry.Mark.Span), entry.Sealed);
        return true;
    }));

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) =>
        new(Held(() => _snapshots.GetValueOrDefault(grain)));

    public ValueTask WriteSnapshot(GrainName grain, GrainSnapshot snapshot) => Done(() =>
    {
        var isGone = grain.Kind == GrainKind.Client && KeyOf(grain.ToString()).IsEmpty;
        if (!isGone && (!_snapshots.TryGetValue(grain, out var known) || known.Version <= snapshot.Version))
        {
            _snapshots[grain] = snapshot;
        }
    });

    public ValueTask LogAccess(IReadOnlyList<UseLine> lines) =>
        Done(() => Accesses.AddRange(lines.Select(line => LogTexts.Of(line) with { At = AsStored(line.At) })));

    public async ValueTask<long?> LogRead(UseLine line)
    {
        await LogAccess([line]);
        return Held(() => StreamOf(line.Client) is [.., var last] ? last.Version : 0);
    }

    public ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines) =>
        Done(() => Disclosures.AddRange(lines.Select(line => LogTexts.Of(line) with { At = AsStored(line.At) })));

    public ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max) => new(Held(() =>
        (IReadOnlyList<NoteRow>)[.. _notes.Where(note => note.Key.Shelf == shelf
            && string.CompareOrdinal(note.Key.Key, after) > 0).Take(max)
            .Select(note => new NoteRow(shelf, note.Key.Key, note.Value))]));

    public ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided) =>
        new(Held(() =>
        {
            if (!provided.All(row => _notes.GetValueOrDefault((row.Shelf, row.Key)).Span.SequenceEqual(row.Value.Span)))
            {
                return false;
            }
            foreach (var change in changes)
            {
                _notes.Remove((change.Shelf, change.Key));
                if (!change.Value.IsEmpty)
                {
                    _notes.Add((change.Shelf, change.Key), change.Value);
                }
            }
            return true;
        }));

    ValueTask<IReadOnlyList<Logged<UseLine>>> IClientLogs.Accesses(ClientLogSlice slice) => new(Held(() =>
        Newest(Accesses, slice, line => line.Client == slice.Client && line.At >= slice.From && line.At < slice.To
            && slice.Registers.Holds(line.Register)
            && (slice.WithoutBasis.Length == 0 || line.Basis != slice.WithoutBasis))));

    ValueTask<IReadOnlyList<Logged<DisclosureLine>>> IClientLogs.Disclosures(ClientLogSlice slice) => new(Held(() =>
        Newest(Disclosures, slice, line => line.Client == slice.Client && line.At >= slice.From && line.At < slice.To
            && slice.Registers.Holds(line.Register))));

    private static IReadOnlyList<Logged<TLine>> Newest<TLine>(
        List<TLine> lines, ClientLogSlice slice, Func<TLine, bool> isAsked)
        where TLine : struct =>
        [
            .. lines.Select((line, i) => new Logged<TLine>((UInt128)(i + 1), line)).Reverse()
                .Where(logged => isAsked(logged.Line) && (slice.Below is not { } below || logged.Place < below))
                .Take(slice.Max),
        ];

    private static MatterKey[] MattersIn(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> keys, GrainName client) =>
    [
        .. keys.Where(key => key.Key.StartsWith(MasterKey.BeginOfKeyNames(client), StringComparison.Ordinal))
            .Select(key => (Matter: MasterKey.MatterOf(key.Key), key.Value)).Where(key => key.Matter is not null)
            .Select(key => new MatterKey(key.Matter!.Value, key.Value)),
    ];

    private ReadOnlyMemory<byte> KeyOf(string name) => _keys.GetValueOrDefault(name);

    private IReadOnlyList<ReadOnlyMemory<byte>> KeptOf(GrainName grain) =>
        _kept.TryGetValue(grain, out var kept) ? [.. kept.Values] : [];

    private void StoreKeys(AppendRequest request)
    {
        var (own, consent) = (request.Grain.ToString(), MasterKey.ConsentKeyName(request.Grain));
        if (!request.WrappedKey.IsEmpty && _keys.TryAdd(own, request.WrappedKey))
        {
            _everyKey[own] = request.WrappedKey;
        }
        if (request.MatterKey is { } matter)
        {
            var name = MasterKey.MatterKeyName(request.Grain, matter.Matter);
            _ = _keys.TryAdd(name, matter.Wrapped);
            _everyKey[name] = matter.Wrapped;
        }
        if (request.Events.Any(happened => IIdentityIndex.ChangedBy.Contains(happened.Type)))
        {
            _identities.Remove(request.Grain);
        }
        if (!request.ConsentKey.IsEmpty)
        {
            _keys[consent] = request.ConsentKey;
        }
        for (var through = request.EndsMatters; through > 0; through--)
        {
            _keys.Remove(MasterKey.MatterKeyName(request.Grain, through));
            _snapshots.Remove(request.Grain);
        }
        if (request.EndsSealing > 0)
        {
            _keys.Remove(MasterKey.SealingKeyName(request.Grain, request.EndsSealing));
            _snapshots.Remove(request.Grain);
        }
        if (request.Erases == Erasure.None)
        {
            return;
        }
        _keys.Remove(consent);
        if (!flaw.HasFlag(StoreFlaw.HalfErasure))
        {
            _kept.Remove(request.Grain);
        }
        if (request.Erases == Erasure.Person)
        {
            _keys.Remove(own);
            foreach (var ended in MattersIn(_keys, request.Grain))
            {
                _keys.Remove(MasterKey.MatterKeyName(request.Grain, ended.Matter));
            }
            _identities.Remove(request.Grain);
            _snapshots.Remove(request.Grain);
        }
    }

    private ValueTask Done(Action write)
    {
        Held(() =>
        {
            write();
            return true;
        });
        return ValueTask.CompletedTask;
    }
}
