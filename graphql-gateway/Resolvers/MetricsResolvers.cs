using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Live figures and how much of the log they have seen.</summary>
internal sealed record MetricsView(AsOf AsOf, DisclosedMetrics Figures);

/// <summary>A row of a metric by the members of an enumeration; no key for those to whom none applies.</summary>
internal readonly record struct CellCount<TEnum>(TEnum? Key, int? Count)
    where TEnum : struct, Enum;

/// <summary>A row of a metric by workers or codes.</summary>
internal readonly record struct NamedCount<T>(T Key, int? Count);

/// <summary>Live caseload figures over any set of municipalities.</summary>
internal sealed class MetricsResolvers(Platform platform, Figures figures)
{
    private const string Type = "CaseloadMetrics";

    /// <summary>The calendar day in Finland.</summary>
    public DateOnly Today => platform.Services.Clock().Today;

    /// <summary>How much of the log live figures have seen.</summary>
    public long Position => platform.Caseloads.Clock.Now.Position;

    /// <summary>Where the edition ended that outsiders see.</summary>
    public long EditionAt => platform.Caseloads.Edition.AsOf.Position;

    /// <summary>
    /// What to watch for a change of a caller's figures: caseloads of which the caller sees live figures, and the
    /// edition where there are others.
    /// </summary>
    public FeedWatch Watch(Caller caller, IReadOnlyList<string>? municipalities)
    {
        var own = caller.Reach.Municipalities.Where(code =>
            AccessPolicy.SeesExactFigures(caller, code) && municipalities?.Contains(code) is not false).ToList();
        return municipalities is not null && municipalities.All(code => AccessPolicy.SeesExactFigures(caller, code))
            ? platform.Signals.Watch(SignalKind.Caseload, municipalities)
            : platform.Signals.Watch((SignalKind.Caseload, own), (SignalKind.Edition, null));
    }

    public ResolverMap AddTo(ResolverMap map)
    {
        map.Root("Query", "caseloadMetrics", OfSet)
            .Object<MetricsView>(Type)
            .Plain<MetricsView, int>(Type, "municipalities", m => m.Figures.Municipalities)
            .Plain<MetricsView, bool>(Type, "withheld", m => m.Figures.Withheld)
            .Plain<MetricsView, int?>(Type, "clients", m => m.Figures.Clients.Value);
        LiveMetrics.ForEach(new Rows(map));
        return map;
    }

    /// <summary>The figures of each municipality by itself.</summary>
    public async ValueTask<IReadOnlyList<MetricsView>> OfEach(
        IReadOnlyList<MunicipalityView> municipalities, FieldCall call)
    {
        await Counted(call.Caller(), [.. municipalities.Select(m => m.Code)]);
        return [.. municipalities.Select(m => Now(
            call.Caller(), platform.MunicipalitiesIn(m.Code), CaseloadFilter.All))];
    }

    /// <summary>The figures of a set of municipalities as they are now; all of them when null.</summary>
    /// <exception cref="FieldFault">The caller may not ask with this filter.</exception>
    public MetricsView Now(Caller caller, IReadOnlyList<string>? municipalities, CaseloadFilter filter)
    {
        try
        {
            var (asOf, metrics) = figures.Metrics(
                caller, municipalities, filter, Today, code => platform.Staff.SightOf(caller, code));
            return new MetricsView(asOf, metrics);
        }
        catch (DisclosureRefused refused)
        {
            throw new FieldFault(ErrorCodes.SmallCellRule, refused.Message);
        }
    }

    /// <summary>A line of the use log for each own register whose figures are about to be shown exactly.</summary>
    public ValueTask Counted(Caller caller, IReadOnlyList<string>? municipalities) =>
        OwnFigures.Counted(platform, caller, municipalities, OwnFigures.Metrics);

    private async ValueTask<MetricsView> OfSet(FieldCall call)
    {
        await CaseloadResolvers.Seen(platform, call);
        var municipalities = call.MunicipalitiesAsked(platform);
        await Counted(call.Caller(), municipalities);
        return Now(call.Caller(), municipalities, CaseloadResolvers.FilterOf(platform, call));
    }

    /// <summary>Binds the field and the rows of every live metric, by its form.</summary>
    private sealed class Rows(ResolverMap map) : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            TEnum?[] keys = [.. Enum.GetValues<TEnum>()];
            keys = metric.CountsNone ? [null, .. keys] : keys;
            map.Plain<MetricsView, IReadOnlyList<CellCount<TEnum>>>(Type, metric.Name.Field, view =>
                {
                    var counts = view.Figures.Of(metric);
                    return [.. keys.Select(key => new CellCount<TEnum>(
                        key, counts[key is { } member ? EnumMetric<TEnum>.NumberOf(member) : 0].Value))];
                })
                .Object<CellCount<TEnum>>(metric.Name.Row);
            if (metric.CountsNone)
            {
                map.Plain<CellCount<TEnum>, TEnum?>(metric.Name.Row, metric.Name.Key, row => row.Key);
            }
            else
            {
                map.Plain<CellCount<TEnum>, TEnum>(metric.Name.Row, metric.Name.Key, row => row.Key!.Value);
            }
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            map.Plain<MetricsView, IReadOnlyList<NamedCount<T>>>(Type, metric.Name.Field, view =>
                [
                    .. view.Figures.Of(metric).OrderBy(count => count.Key.ToString(), StringComparer.Ordinal)
                        .Select(count => new NamedCount<T>(count.Key, count.Value.Value)),
                ])
                .Object<NamedCount<T>>(metric.Name.Row)
                .Plain<NamedCount<T>, T>(metric.Name.Row, metric.Name.Key, row => row.Key);
            if (metric.Protection is Protection.OwnStaff)
            {
                // What only the own staff see is exact, so the schema says that it is never null.
                map.Plain<NamedCount<T>, int>(metric.Name.Row, "count", row => row.Count ?? 0);
            }
        }
    }
}
