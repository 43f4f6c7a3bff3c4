using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>One measure of one municipality, or of all, period by period.</summary>
/// <param name="Municipality">The code; null for all together.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Values">By period; null where the state is not <see cref="FigureState.Shown"/>.</param>
/// <param name="States">By period.</param>
/// <param name="IsLowerBound">By period: a part of a sum is withheld.</param>
public sealed record TrendLine(
    string? Municipality, CaseloadMeasure Measure, IReadOnlyList<int?> Values, IReadOnlyList<FigureState> States,
    IReadOnlyList<bool> IsLowerBound);

/// <summary>
/// Stock and flow over time. Own staff get sums as they are, up to the running period; all others the stock as editions
/// showed it at the end of each month, and no flow: stock and flows together would leave equations.
/// </summary>
public sealed class Trends(Caseloads caseloads)
{
    /// <summary>What of a municipality's measures is shown in each period.</summary>
    private delegate (int Value, FigureState State) Figure(CaseloadMeasure measure, int period);

    /// <param name="caller">Who asks.</param>
    /// <param name="measures">What is counted.</param>
    /// <param name="municipalities">Codes, each a line of its own; all together when null.</param>
    /// <param name="periods">When.</param>
    /// <param name="today">What has not begun depends on it.</param>
    public (AsOf AsOf, IReadOnlyList<TrendLine> Lines) Ask(
        Caller caller, IReadOnlyList<CaseloadMeasure> measures, IReadOnlyList<string>? municipalities,
        TrendPeriods periods, DateOnly today)
    {
        var (asOf, edition) = (caseloads.Clock.Now, caseloads.Edition);
        var codes = (municipalities ?? caseloads.Codes).Distinct(StringComparer.Ordinal).ToArray();
        var parts = codes.Select(code => AccessPolicy.SeesExactFigures(caller, code)
            ? Exact(code, periods, MonthSet.NumberOf(today))
            : Released(edition, code, periods)).ToArray();
        // A stock of others is as old as their edition.
        asOf = codes.All(code => AccessPolicy.SeesExactFigures(caller, code)) ? asOf : edition.AsOf;
        return (asOf,
        [
            .. from measure in measures.Distinct()
               from line in municipalities is null
                   ? [Together(measure, parts, periods)]
                   : codes.Select((code, i) => Line(code, measure, parts[i], periods))
               select line,
        ]);
    }

    private Figure Exact(string code, TrendPeriods periods, int thisMonth)
    {
        var sums = MunicipalityOutcomes.NoTrend(periods);
        var first = caseloads.MunicipalityOf(code)?.RegisteredOn is { } day ? MonthSet.NumberOf(day) : int.MaxValue;
        caseloads.Outcomes.Gather([code], (_, part) =>
        {
            part.AddTo(sums, periods);
            first = Math.Min(first, part.FirstTrendMonth ?? first);
        });
        return (measure, period) =>
            periods.From(period) > thisMonth ? (0, FigureState.NotYet)
            : periods.Through(period) < first ? (0, FigureState.NotCovered)
            : (sums[(int)measure - 1][period], FigureState.Shown);
    }

    private static Figure Released(Edition edition, string code, TrendPeriods periods)
    {
        var (stock, seen) = (edition.StockOf(code), MonthSet.NumberOf(edition.Day));
        return (measure, period) =>
            measure is not CaseloadMeasure.Open ? (0, FigureState.Withheld)
            : periods.Through(period) >= seen ? (0, FigureState.NotYet)
            : stock.At(periods.Through(period)) is { } open ? (open, FigureState.Shown)
            : (0, FigureState.Withheld);
    }

    private static TrendLine Line(string code, CaseloadMeasure measure, Figure figure, TrendPeriods periods)
    {
        var figures = Enumerable.Range(0, periods.Count).Select(period => figure(measure, period)).ToArray();
        return new TrendLine(
            code, measure, [.. figures.Select(it => it.State is FigureState.Shown ? it.Value : default(int?))],
            [.. figures.Select(it => it.State)], new bool[periods.Count]);
    }

    /// <summary>The sum of what is shown, at least so much where a part is withheld; where nothing is shown, WITHHELD
    /// if any part is withheld.</summary>
    private static TrendLine Together(CaseloadMeasure measure, Figure[] parts, TrendPeriods periods)
    {
        var (values, states) = (new int?[periods.Count], new FigureState[periods.Count]);
        var bounds = new bool[periods.Count];
        for (var period = 0; period < periods.Count; period++)
        {
            var figures = parts.Select(part => part(measure, period)).ToArray();
            var shown = figures.Where(it => it.State is FigureState.Shown).ToArray();
            values[period] = shown.Length == 0 ? null : shown.Sum(it => it.Value);
            bounds[period] = shown.Length > 0 && figures.Any(it => it.State is FigureState.Withheld);
            states[period] = shown.Length > 0 ? FigureState.Shown
                : figures.Select(it => it.State).DefaultIfEmpty(FigureState.NotCovered).Min();
        }
        return new TrendLine(null, measure, values, states, bounds);
    }
}
