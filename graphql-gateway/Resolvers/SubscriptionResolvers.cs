using System.Runtime.CompilerServices;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// Streams of current states: the first at once, the next after a change. A watch is opened before the state is read,
/// so no change falls between the two; a slow reader finds the latest state and no queue.
/// </summary>
internal sealed class SubscriptionResolvers(
    Platform platform, SharedMetrics metrics, WorklistResolvers worklists, ClientResolvers clients,
    CentreResolvers centres, MetricsResolvers counted, TrendResolvers trends)
{
    /// <summary>Figures move with every event of a busy day; no reader needs them more often.</summary>
    private static readonly TimeSpan BetweenFigures = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = platform.Services.Time;

    public ResolverMap AddTo(ResolverMap map) => map
        .Stream("caseloadMetrics", Metrics)
        .Stream("caseloadTrend", Trend)
        .Stream("worklistsChanged", Worklists)
        .Stream("clientChanged", Client)
        .Stream("visitsRecorded", Visits);

    private async IAsyncEnumerable<MetricsView> Metrics(
        FieldCall call, [EnumeratorCancellation] CancellationToken ended)
    {
        var municipalities = call.MunicipalitiesAsked(platform);
        var filter = CaseloadResolvers.FilterOf(platform, call);
        using var watch = counted.Watch(call.Caller(), municipalities);
        var position = platform.Caseloads.Clock.Now.Position;
        while (true)
        {
            var shown = _time.GetTimestamp();
            await counted.Counted(call.Caller(), municipalities);
            yield return metrics.At(position, call.Caller(), municipalities, filter);
            position = await Next(watch, shown, ended);
        }
    }

    private async IAsyncEnumerable<TrendView> Trend(
        FieldCall call, [EnumeratorCancellation] CancellationToken ended)
    {
        var municipalities = call.MunicipalitiesAsked(platform);
        using var watch = counted.Watch(call.Caller(), municipalities);
        while (true)
        {
            var shown = _time.GetTimestamp();
            yield return await trends.Newest(call, municipalities);
            await Next(watch, shown, ended);
        }
    }

    private async IAsyncEnumerable<WorklistsView> Worklists(
        FieldCall call, [EnumeratorCancellation] CancellationToken ended)
    {
        using var watch = platform.Signals.Watch(
            SignalKind.Caseload, platform.Services.MunicipalitiesOf(call.Arguments.Get<string>("municipality")));
        var stream = new ListStream();
        while (true)
        {
            var shown = _time.GetTimestamp();
            yield return worklists.Now(call, stream);
            await Next(watch, shown, ended);
        }
    }

    /// <summary>
    /// Waits for the next change, and until the last answer has stood for a while; the position is the latest's.
    /// </summary>
    private async ValueTask<long> Next(FeedWatch watch, long shown, CancellationToken ended)
    {
        var position = (await watch.Next(ended)).Values.Max();
        if (_time.GetElapsedTime(shown) is var passed && passed < BetweenFigures)
        {
            await Task.Delay(BetweenFigures - passed, _time, ended);
            position = watch.Take().Values.Append(position).Max();
        }
        return position;
    }

    private async IAsyncEnumerable<ClientView> Client(
        FieldCall call, [EnumeratorCancellation] CancellationToken ended)
    {
        var id = clients.KeyOf(call);
        using var watch = platform.Signals.Watch(SignalKind.Client, [id]);
        while (true)
        {
            var client = await clients.Find(call, id)
                ?? throw new FieldFault(ErrorCodes.NotFound, "There is no such client.");
            yield return client;
            // A change that is in the state shown already is not read again: each reading is a line in the use log.
            while ((await watch.Next(ended)).Values.Max() <= client.Position)
            {
            }
        }
    }

    private async IAsyncEnumerable<CentreView> Visits(
        FieldCall call, [EnumeratorCancellation] CancellationToken ended)
    {
        var municipalities = call.MunicipalitiesAsked(platform);
        using var watch = platform.Signals.Watch((SignalKind.Visits, municipalities), (SignalKind.Edition, null));
        var changed = (municipalities ?? platform.Caseloads.Codes).SelectMany(platform.KnownGrains.CentresIn)
            .ToHashSet();
        var isReleased = true;
        while (true)
        {
            // When a visitor comes through a door is the own staff's to see: others hear of it with the next edition.
            var own = isReleased ? changed : OwnCentres(call.Caller()).Where(changed.Contains);
            foreach (var centre in await centres.FindAll(call, [.. own]))
            {
                changed.Remove(centre.Id);
                yield return centre;
            }
            var keys = (await watch.Next(ended)).Keys.ToHashSet();
            isReleased = keys.Remove(FeedSignals.EditionKey);
            changed.UnionWith(keys);
        }
    }

    private IEnumerable<string> OwnCentres(Caller caller) => caller.Reach.Municipalities
        .Where(code => AccessPolicy.SeesExactFigures(caller, code)).SelectMany(platform.KnownGrains.CentresIn);
}
