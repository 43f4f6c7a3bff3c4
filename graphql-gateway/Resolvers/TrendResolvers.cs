using OsstOrleans.Grains;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record TrendView(AsOf AsOf, IReadOnlyList<PeriodView> Periods, IReadOnlyList<TrendLine> Series);

internal sealed record PeriodView(string From, string To);

/// <summary>Stock and flow of caseloads over time.</summary>
internal sealed class TrendResolvers(Platform platform, Trends trends, MunicipalityResolvers municipalities)
{
    /// <summary>Twenty years of months.</summary>
    private const int MostPeriods = 240;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "caseloadTrend", Ask)
        .Object<TrendView>("CaseloadTrend").Object<PeriodView>("Period").Object<TrendLine>("TrendSeries")
        .Plain<TrendLine, MunicipalityView?>("TrendSeries", "municipality", line =>
            line.Municipality is { } code ? municipalities.Find(code) : null)
        .Plain<TrendLine, string?>("TrendSeries", "municipalityCode", line => line.Municipality);

    private async ValueTask<TrendView> Ask(FieldCall call)
    {
        await CaseloadResolvers.Seen(platform, call);
        var (from, to) = (MonthSet.NumberOf(call.Arguments.Get<string>("from")),
            MonthSet.NumberOf(call.Arguments.Get<string>("to")));
        if (to < from)
        {
            throw CaseloadResolvers.BadInput("to", "The last month is before the first.");
        }
        var periods = TrendPeriods.Between(from, to, call.Arguments.GetOrDefault<TrendStep?>("by") ?? TrendStep.Month);
        if (periods.Count > MostPeriods)
        {
            throw CaseloadResolvers.BadInput("to", $"A trend has at most {MostPeriods} periods.");
        }
        return await Of(call, call.MunicipalitiesAsked(platform), periods);
    }

    /// <summary>The running period and the one before it: of others' stock the running one is never told.</summary>
    /// <param name="call">Says which measures.</param>
    /// <param name="asked">Codes; all together when null.</param>
    public ValueTask<TrendView> Newest(FieldCall call, IReadOnlyList<string>? asked)
    {
        var step = call.Arguments.GetOrDefault<TrendStep?>("by") ?? TrendStep.Month;
        var now = MonthSet.NumberOf(platform.Services.Clock().Today);
        var running = TrendPeriods.Between(now, now, step);
        return Of(call, asked, TrendPeriods.Between(running.From(0) - 1, now, step));
    }

    private async ValueTask<TrendView> Of(FieldCall call, IReadOnlyList<string>? asked, TrendPeriods periods)
    {
        await OwnFigures.Counted(platform, call.Caller(), asked, OwnFigures.Trend);
        var (asOf, lines) = trends.Ask(
            call.Caller(), call.Arguments.Get<IReadOnlyList<CaseloadMeasure>>("measures"), asked, periods,
            platform.Services.Clock().Today);
        return new TrendView(
            asOf,
            [
                .. Enumerable.Range(0, periods.Count)
                    .Select(period => new PeriodView(Text(periods.From(period)), Text(periods.Through(period)))),
            ],
            lines);
    }

    private static string Text(int month) => new CalendarMonth(month / 12, (month % 12) + 1).ToString();
}
