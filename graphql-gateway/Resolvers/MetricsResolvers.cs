using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Live figures and how much of the log they have seen.</summary>
internal sealed record MetricsView(AsOf AsOf, DisclosedMetrics Figures);

internal readonly record struct StatusCount(CaseStatus Status, int? Count);

internal readonly record struct ReasonCount(ReferralReason? Reason, int? Count);

internal readonly record struct AgeBandCount(AgeBand AgeBand, int? Count);

internal readonly record struct WorkerCount(string WorkerId, int Count);

internal readonly record struct MethodCount(CodedValue Method, int? Count);

internal readonly record struct OverdueCount(OverdueKind Kind, int? Count);

/// <summary>Live caseload figures over any set of municipalities.</summary>
internal sealed class MetricsResolvers(Platform silo, Figures figures)
{
    /// <summary>The calendar day in Finland.</summary>
    public DateOnly Today => silo.Services.Clock().Today;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "caseloadMetrics", OfSet)
        .Object<MetricsView>("CaseloadMetrics")
        .Plain<MetricsView, int>("CaseloadMetrics", "municipalities", m => m.Figures.Municipalities)
        .Plain<MetricsView, bool>("CaseloadMetrics", "withheld", m => m.Figures.Withheld)
        .Plain<MetricsView, int?>("CaseloadMetrics", "clients", m => m.Figures.Clients.Value)
        .Plain<MetricsView, IReadOnlyList<StatusCount>>("CaseloadMetrics", "byStatus",
            m => Rows<CaseStatus, StatusCount>(m.Figures.ByStatus, (status, count) => new(status, count)))
        .Plain<MetricsView, IReadOnlyList<ReasonCount>>("CaseloadMetrics", "byReason", ByReason)
        .Plain<MetricsView, IReadOnlyList<AgeBandCount>>("CaseloadMetrics", "byAgeBand",
            m => Rows<AgeBand, AgeBandCount>(m.Figures.ByAgeBand, (band, count) => new(band, count)))
        .Plain<MetricsView, IReadOnlyList<OverdueCount>>("CaseloadMetrics", "overdue",
            m => Rows<OverdueKind, OverdueCount>(m.Figures.Overdue, (kind, count) => new(kind, count)))
        .Plain<MetricsView, IReadOnlyList<WorkerCount>>("CaseloadMetrics", "byWorker",
            m => [.. m.Figures.ByWorker.OrderBy(w => w.Key, StringComparer.Ordinal)
                .Select(w => new WorkerCount(w.Key, w.Value))])
        .Plain<MetricsView, IReadOnlyList<MethodCount>>("CaseloadMetrics", "byMethod",
            m => [.. m.Figures.ByMethod.OrderBy(c => c.Key.ToString(), StringComparer.Ordinal)
                .Select(c => new MethodCount(c.Key, c.Value.Value))])
        .Object<StatusCount>("StatusCount").Object<ReasonCount>("ReasonCount").Object<AgeBandCount>("AgeBandCount")
        .Object<WorkerCount>("WorkerCount").Object<MethodCount>("MethodCount").Object<OverdueCount>("OverdueCount");

    /// <summary>The figures of each municipality by itself.</summary>
    public ValueTask<IReadOnlyList<MetricsView>> OfEach(
        IReadOnlyList<MunicipalityView> municipalities, FieldCall call)
    {
        var (asOf, today) = (silo.Caseloads.Clock.Now, Today);
        return ValueTask.FromResult<IReadOnlyList<MetricsView>>([.. municipalities.Select(m => new MetricsView(
            asOf, figures.Metrics(call.Caller(), [m.Code], CaseloadFilter.All, today)))]);
    }

    /// <summary>The figures of a set of municipalities as they are now; all of them when null.</summary>
    /// <exception cref="FieldFault">The filter is not the caller's to ask with.</exception>
    public MetricsView Now(Caller caller, IReadOnlyList<string>? municipalities, CaseloadFilter filter)
    {
        var asOf = silo.Caseloads.Clock.Now;
        try
        {
            return new MetricsView(asOf, figures.Metrics(caller, municipalities, filter, Today));
        }
        catch (DisclosureRefused refused)
        {
            throw new FieldFault(ErrorCodes.SmallCellRule, refused.Message);
        }
    }

    private async ValueTask<MetricsView> OfSet(FieldCall call)
    {
        await CaseloadResolvers.Seen(silo, call);
        return Now(
            call.Caller(), call.Arguments.GetOrDefault<IReadOnlyList<string>>("municipalities"),
            CaseloadResolvers.FilterOf(call));
    }

    private static IReadOnlyList<ReasonCount> ByReason(MetricsView metrics) =>
        [.. metrics.Figures.ByReason.Select((count, i) => new ReasonCount(
            i == 0 ? null : (ReferralReason)i, count.Value))];

    /// <summary>A row for every member of an enum; the counts are indexed by its number.</summary>
    private static IReadOnlyList<TRow> Rows<TEnum, TRow>(
        IReadOnlyList<DisclosedCount> counts, Func<TEnum, int?, TRow> row)
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(member => row(
            member, Convert.ToInt32(member, null) is var i && i < counts.Count ? counts[i].Value : 0))];
}
