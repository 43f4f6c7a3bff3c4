using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// The outcome statistics of all clients, kept from the feed in a few books that share them out. Questions add up the
/// sums of municipalities; none looks at a client.
/// </summary>
public sealed class OutcomeBooks
{
    /// <summary>So many, so that a start reads them with all processors and a check takes one at a time.</summary>
    internal const int Count = 8;

    private readonly LockedBook[] _books = [.. Enumerable.Range(0, Count).Select(_ => new LockedBook())];

    /// <summary>Takes in an event of a client; taking it in once more changes nothing.</summary>
    internal void Apply(in StoredEvent stored, IEvent happened) =>
        _books[NumberOf(stored.Grain.Key)].Book.Apply(
            stored.Grain.Key, happened, stored.OccurredOn, stored.Position);

    /// <summary>Takes in an event of a municipality, where it says something of its registers.</summary>
    internal void ApplyOwn(in StoredEvent stored, IEvent happened)
    {
        if (!IsOfCoverage(happened))
        {
            return;
        }
        foreach (var locked in _books)
        {
            locked.Book.ApplyOwn(stored.Grain.Key, happened, stored.Position);
        }
    }

    /// <summary>True for what a book has to know of a municipality.</summary>
    internal static bool IsOfCoverage(IEvent? happened) =>
        happened is RegisterCoverageRecorded or RegisterCoverageWithdrawn;

    /// <summary>A client's history reads differently than before.</summary>
    internal void Replace(GrainName client, IReadOnlyList<PastEvent> past) =>
        _books[NumberOf(client.Key)].Book.Replace(client.Key, past);

    /// <summary>Moves the sums to what was taken in: questions see whole batches alone.</summary>
    internal void Settle()
    {
        foreach (var locked in _books)
        {
            lock (locked.Gate)
            {
                locked.Book.Settle();
            }
        }
    }

    /// <summary>Lets the sums of some municipalities add their part to an answer.</summary>
    public void Gather(IEnumerable<string> codes, Action<string, MunicipalityOutcomes> addPart)
    {
        foreach (var code in codes)
        {
            foreach (var locked in _books)
            {
                lock (locked.Gate)
                {
                    if (locked.Book.Of(code) is { } part)
                    {
                        addPart(code, part);
                    }
                }
            }
        }
    }

    /// <summary>How often the sums of a municipality changed: what was gathered at the same count is the same.
    /// </summary>
    public long ChangesOf(string code)
    {
        var changes = 0L;
        foreach (var locked in _books)
        {
            lock (locked.Gate)
            {
                changes += locked.Book.Of(code)?.Changes ?? 0;
            }
        }
        return changes;
    }

    /// <summary>Everything counted, as lines that do not depend on the order of folding.</summary>
    internal IEnumerable<string> Lines() => _books.SelectMany(locked => locked.Book.Lines());

    /// <summary>One book, written or read.</summary>
    internal void Imprint(int number, Image image) => _books[number].Book.Imprint(image);

    /// <summary>One book's sums as they are, as bytes; to be called while nothing is applied.</summary>
    internal byte[] CopyOf(int number)
    {
        var image = Image.ToWrite();
        _books[number].Book.ImprintSums(image);
        return image.Written.ToArray();
    }

    /// <summary>Takes over books that have seen the log already; only while these are empty.</summary>
    internal void Take(IReadOnlyList<OutcomeBook> books)
    {
        for (var i = 0; i < Count; i++)
        {
            _books[i].Book = books[i];
        }
    }

    /// <summary>The book of a client.</summary>
    internal static int NumberOf(string client) => OutcomeBook.ShareOf(client, Count);

    private sealed class LockedBook
    {
        public Lock Gate { get; } = new();

        public OutcomeBook Book { get; set; } = new();
    }
}
