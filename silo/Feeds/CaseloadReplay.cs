using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// Caseloads of one register, folded from the log for those who have no projections, or must not trust them. The
/// first look reads the whole log, and decodes only what concerns it; later ones read what came since.
/// </summary>
/// <param name="store">Whose log it is.</param>
/// <param name="codes">Its municipalities.</param>
/// <param name="time">Paces its looks.</param>
/// <param name="book">Is handed all events of clients, too; null for nothing.</param>
internal sealed class CaseloadReplay(
    IEventStore store, IReadOnlyList<string> codes, TimeProvider time, BookCheck? book = null)
{
    private const int PageSize = 1024;
    private const int MostLooks = 1_500;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly Caseloads _caseloads = new(store, only: codes);

    /// <summary>Up to where the log was read.</summary>
    public long Position { get; private set; }

    /// <summary>Asks the first caseload as it was there; the default value when there is none.</summary>
    public TAnswer? Ask<TAnswer>(Func<MunicipalityCaseload, TAnswer> question) => _caseloads.Ask(codes[0], question);

    /// <summary>A worker's clients in all of them.</summary>
    public IEnumerable<string> ClientsOf(string worker) =>
        _caseloads.AskEach(codes, caseload => caseload.ClientsOf(worker, open: false)).SelectMany(clients => clients);

    /// <summary>What outsiders saw of the first one there.</summary>
    public ReleasedMetrics Released => _caseloads.Edition.Of(codes[0]);

    /// <summary>Reads one page, but nothing after a position; false when there is none.</summary>
    public async Task<bool> ReadPage(long upTo = long.MaxValue)
    {
        var page = await store.ReadFeed(Position, PageSize);
        foreach (var stored in page.Where(entry => entry.Position <= upTo))
        {
            if (Concerns(stored))
            {
                await _caseloads.Apply(stored, EventCodec.DecodeCoded(stored));
            }
            else
            {
                _caseloads.Pass(stored);
            }
            if (book?.Takes(stored.Grain) == true)
            {
                await book.Apply(stored, store);
            }
        }
        Position = page.Count > 0 ? page[^1].Position : Position;
        return page.Count > 0;
    }

    /// <summary>Reads all that there is, and waits until that goes as far as a position of the log.</summary>
    /// <exception cref="LimitReached">An unfinished transaction keeps the position from being read.</exception>
    public async Task ReadAll(long atLeast, CancellationToken stopped)
    {
        for (var looks = 1; ; looks++)
        {
            while (await ReadPage())
            {
                stopped.ThrowIfCancellationRequested();
            }
            if (Position >= atLeast)
            {
                return;
            }
            if (looks == MostLooks)
            {
                throw LimitCounts.Reached(
                    LimitCodes.NotYetVisible, "An unfinished transaction holds the log back; try again.");
            }
            await Task.Delay(BetweenLooks, time, stopped);
        }
    }

    /// <summary>
    /// What was recorded in this register, who moved into it from another, what takes back an entry somewhere, and the
    /// answers to clients who asked here and have moved away since.
    /// </summary>
    private bool Concerns(in StoredEvent stored) => codes.Contains(stored.Municipality)
        || (stored.Grain.Kind == GrainKind.Client && EventCatalogue.TypeOf(stored.Type) is { } type
            && (type == typeof(ClientMoved) || type.IsAssignableTo(typeof(IRevisesHistory))
                || type.IsAssignableTo(typeof(IEndsLogRequest))));
}
