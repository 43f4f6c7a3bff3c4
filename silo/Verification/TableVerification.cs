using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Search;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Checks every row that decides anything: what follows from other rows is compared with them, what is sealed is opened
/// or its seal computed again. What it finds names tables, grains, versions and lines, never their content.
/// </summary>
/// <param name="services">The store with its key.</param>
/// <param name="streams">All streams of the log.</param>
/// <param name="heads">Where the chains of the logs about clients stood once.</param>
internal sealed class TableVerification(
    GrainServices services, IReadOnlyCollection<GrainName> streams, IReadOnlyList<ChainHead> heads)
{
    private const string ConsentKey = "/consent";

    private readonly RowSeals _seals = new(services.MasterKey);
    private readonly Identities _identities = new(services);
    private readonly EndedKeys _ended = new();
    private readonly List<string> _differences = [];

    /// <summary>The log never had an older version: no row may be without a seal.</summary>
    private bool _isSealed;

    /// <summary>Rows of older versions, which have no seal.</summary>
    public long Unsealed { get; private set; }

    /// <summary>Lines of both logs.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines of older versions, which stand in no chain: one that is gone is not missed.</summary>
    public long Unchained { get; private set; }

    public async Task<IReadOnlyList<string>> Run()
    {
        await using var tables = await Open();
        await Check("events", () => Events(tables));
        await Check("outcomes", () => Outcomes(tables));
        await Check("keys", () => Keys(tables));
        await Check("entries kept by consent", () => Each(tables.ConsentPages(), kept => Seal(
            kept.Seal, _seals.OfKept(kept.Stream, kept.Mark.Span, kept.Sealed.Span),
            () => $"{kept.Stream}: an entry kept by consent")));
        await Logs(tables);
        await Check("notes", () => Each(tables.NotePages(), note => Seal(
            note.Seal, _seals.Of(note.Row), () => $"notes: {note.Row.Shelf}/{note.Row.Key}")));
        return _differences;
    }

    /// <summary>The use log and the disclosure log alone.</summary>
    public async Task<IReadOnlyList<string>> RunLogs()
    {
        await using var tables = await Open();
        await Logs(tables);
        return _differences;
    }

    private async Task<IOpenTables> Open()
    {
        var tables = await services.Store.OpenTables();
        _isSealed = await tables.KeyMark() == services.MasterKey.SealedMark;
        return tables;
    }

    private async Task Logs(IStoredTables tables)
    {
        var anchors = new AnchorCheck(_seals, services.Time.GetUtcNow(), _differences);
        await Check("anchors of the logs", () => Each(tables.NotePages(), note => anchors.Add(note)));
        await Log<StoredAccess, UseLine>(
            "use log", LogChain.Uses, tables.AccessPages(), row => (row.Number, row.Line, row.Link, row.Seal),
            (line, link, before) => _seals.Of(line, link, before.Span), anchors);
        await Log<StoredDisclosure, DisclosureLine>(
            "disclosure log", LogChain.Disclosures, tables.DisclosurePages(),
            row => (row.Number, row.Line, row.Link, row.Seal),
            (line, link, before) => _seals.Of(line, link, before.Span), anchors);
    }

    /// <summary>A line of an older version stands by itself; any other in its writer's chain.</summary>
    private async Task Log<TRow, TLine>(
        string name, string log, IAsyncEnumerable<IReadOnlyList<TRow>> pages,
        Func<TRow, (long Number, TLine Line, ChainLink Link, ReadOnlyMemory<byte> Seal)> read,
        Func<TLine, ChainLink, ReadOnlyMemory<byte>, byte[]> sealOf, AnchorCheck anchors)
    {
        var chains = new ChainCheck<TLine>(
            name, sealOf, heads.Where(head => head.Log == log), anchors.Of(log), _differences);
        await Check(name, () => Each(pages, row =>
        {
            var (number, line, link, seal) = read(row);
            Lines++;
            if (link == default)
            {
                Seal(seal, sealOf(line, default, default), () => $"{name}: line {number}");
                Unchained++;
            }
            else
            {
                chains.Add(number, line, link, seal);
            }
        }));
        chains.End();
    }

    private async Task Check(string table, Func<Task> rows)
    {
        try
        {
            await rows();
        }
        catch (Exception fault) when (fault is StoreFault or ArgumentException or OverflowException)
        {
            _differences.Add($"{table}: a row cannot be read; the rows behind it were not checked");
        }
    }

    private async Task Events(IStoredTables tables)
    {
        var begun = false;
        await Each(tables.EventPages(), stored =>
        {
            if (stored.Position < 1)
            {
                // A feed begins with position 1, and a seal has no position in it.
                _differences.Add($"{stored.Grain}: version {stored.Version} lies before the beginning of the log");
            }
            Seal(stored.Seal, _seals.Of(stored), () => $"{stored.Grain}: version {stored.Version}", isDemanded: begun);
            begun |= !stored.Seal.IsEmpty;
        });
    }

    /// <summary>The outcomes of a stream stand beside each other.</summary>
    private async Task Outcomes(IStoredTables tables)
    {
        var seen = new HashSet<GrainName>();
        var stream = default(StreamOutcomes); // Not one of an empty name: a row may have that.
        await foreach (var page in tables.OutcomePages())
        {
            foreach (var outcome in page)
            {
                if (stream is null || outcome.Stream != stream.Name)
                {
                    stream?.AddMissing(_differences);
                    stream = await Begin(outcome.Stream, seen);
                }
                Outcome(stream, outcome);
            }
        }
        stream?.AddMissing(_differences);
        foreach (var grain in streams.Where(grain => !seen.Contains(grain)))
        {
            (await Begin(grain)).AddMissing(_differences);
        }
    }

    private async Task<StreamOutcomes> Begin(string name, HashSet<GrainName> seen)
    {
        if (!GrainName.TryParse(name, out var grain))
        {
            _differences.Add("outcomes: a row names no grain");
            return new StreamOutcomes(name, []);
        }
        seen.Add(grain);
        return await Begin(grain);
    }

    private async Task<StreamOutcomes> Begin(GrainName grain)
    {
        var events = (await services.Store.Load(grain)).Events;
        _ended.Add(grain, events);
        return new StreamOutcomes(grain.ToString(), events);
    }

    private void Outcome(StreamOutcomes stream, StoredOutcome outcome)
    {
        if (stream.Take(outcome.CommandId) is { } last)
        {
            if (last != (outcome.Version, outcome.Position))
            {
                _differences.Add($"{stream.Name}: the outcome of version {last.Version} differs from its event");
            }
            return;
        }
        if (stream.PositionOf(outcome.Version) != outcome.Position)
        {
            _differences.Add($"{stream.Name}: an outcome of version {outcome.Version} differs from the log");
        }
        Seal(outcome.Seal, _seals.OfOutcome(outcome.Stream, outcome.CommandId, outcome.Version),
            () => $"{stream.Name}: an outcome of version {outcome.Version} without events");
    }

    private async Task Keys(IStoredTables tables)
    {
        await foreach (var page in tables.KeyPages())
        {
            foreach (var key in page)
            {
                if (await KeyFault(key) is { } difference)
                {
                    _differences.Add($"keys: {difference}");
                }
            }
        }
    }

    private async Task<string?> KeyFault(StoredKey key)
    {
        var (isConsent, matter) = (key.Stream.EndsWith(ConsentKey, StringComparison.Ordinal),
            MasterKey.MatterOf(key.Stream));
        if (!GrainName.TryParse(
            isConsent || matter > 0 ? key.Stream[..key.Stream.LastIndexOf('/')] : key.Stream, out var client))
        {
            return "a row names no client";
        }
        try
        {
            if (matter is { } number)
            {
                _ = services.MasterKey.UnwrapMatter(client, new MatterKey(number, key.Wrapped));
            }
            else
            {
                _ = isConsent ? services.MasterKey.UnwrapConsent(client, key.Wrapped)
                    : services.MasterKey.Unwrap(client, key.Wrapped);
            }
        }
        catch (StoreFault fault)
        {
            return fault.Message;
        }
        if (_ended.FaultOf(client, matter) is { } ended)
        {
            return ended;
        }
        if (key.Identity.IsEmpty || await _identities.TryDigest(client) is not { } told)
        {
            return null;
        }
        return !told.Digest.Span.SequenceEqual(key.Identity.Span)
                ? $"{client}: the hash of its identifier differs from the log"
            : !IsSame(new SealedWords(client, key.Wrapped, told.Words), key.Words)
                ? $"{client}: the words by which it is found differ from the log"
            : null;
    }

    /// <summary>The same words are sealed in another way each time.</summary>
    private bool IsSame(SealedWords told, ReadOnlyMemory<byte> stored) =>
        _identities.Open(told) is not { } known
            ? stored.IsEmpty
            : _identities.Open(told with { Words = stored }) is { } found && known.IsSame(found);

    private static async Task Each<TRow>(IAsyncEnumerable<IReadOnlyList<TRow>> pages, Action<TRow> check)
    {
        await foreach (var page in pages)
        {
            foreach (var row in page)
            {
                check(row);
            }
        }
    }

    private void Seal(ReadOnlyMemory<byte> stored, byte[] computed, Func<string> row, bool isDemanded = false)
    {
        if (stored.IsEmpty && (isDemanded || _isSealed))
        {
            _differences.Add($"{row()} has no seal");
        }
        else if (stored.IsEmpty)
        {
            Unsealed++;
        }
        else if (!stored.Span.SequenceEqual(computed))
        {
            _differences.Add($"{row()} differs from its seal");
        }
    }
}
