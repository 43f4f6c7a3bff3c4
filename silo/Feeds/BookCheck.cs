using OsstOrleans.Grains;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>One book of the outcome statistics, folded from the log once more and compared with the live one's sums.
/// </summary>
/// <param name="number">Which book.</param>
/// <param name="live">The sums of the live one.</param>
internal sealed class BookCheck(int number, byte[] live)
{
    private readonly OutcomeBook _again = new();

    /// <summary>What a difference is called.</summary>
    public static string Subject(int number) => $"outcome statistics, book {number}";

    public bool Takes(in GrainName grain) =>
        grain.Kind == GrainKind.Municipality
            || (grain.Kind == GrainKind.Client && OutcomeBooks.NumberOf(grain.Key) == number);

    public async ValueTask Apply(StoredEvent stored, IEventStore store)
    {
        switch (EventCodec.DecodeCoded(stored))
        {
            case IRevisesHistory:
                var past = (await store.Load(stored.Grain, afterVersion: 0)).Events
                    .Where(e => e.Version <= stored.Version).Select(EventCodec.PastCoded);
                _again.Replace(stored.Grain.Key, [.. past]);
                break;
            case { } happened when OutcomeBooks.IsOfCoverage(happened):
                _again.ApplyOwn(stored.Grain.Key, happened, stored.Position);
                break;
            case { } happened when stored.Grain.Kind == GrainKind.Client:
                _again.Apply(stored.Grain.Key, happened, stored.OccurredOn, stored.Position);
                break;
        }
    }

    public bool IsEqual()
    {
        _again.Settle();
        var kept = new OutcomeBook();
        kept.ImprintSums(Image.ToRead(live));
        return kept.Lines().SequenceEqual(_again.Lines());
    }
}
