using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// What stands beside attainment in AVAIN: the dose in the first 90 days, clients with whom a method was neither used
/// nor planned, services planned and used, reviews in time. Association, never effect.
/// </summary>
/// <param name="units">Municipalities in the order of codes.</param>
internal sealed class AvainDetails(IReadOnlyList<EvaluationUnit> units)
{
    private static readonly DoseBand[] Bands = Enum.GetValues<DoseBand>();

    private readonly PlanRows[] _rows = [.. units.Select(unit => unit.Avain.Rows)];

    /// <summary>Goals by dose, of reviews after the 90 days; a table for each municipality.</summary>
    public IEnumerable<Dictionary<DoseBand, AttainmentCounts>> ByDose => _rows.Select(rows => Bands
        .ToDictionary(band => band, band => rows.GoalsOf(PlanRow.Dose, PlanRows.CodeOf((int)band)))
        .Where(row => row.Value.Total > 0).ToDictionary());

    /// <summary>
    /// Goals of clients for whom a method was neither planned nor reviewed: all goals less the three rows that have the
    /// method; a table for each municipality.
    /// </summary>
    public IEnumerable<Dictionary<CodedValue, AttainmentCounts>> ByMethodNeither
    {
        get
        {
            CodedValue[] methods =
            [
                .. units.SelectMany(unit => unit.Avain.ByMethod.Keys.Concat(unit.Avain.ByMethodNotUsed.Keys)
                    .Concat(CodesOf(unit.Avain.Rows, PlanRow.MethodUnanswered))).Distinct(),
            ];
            return units.Select(unit => methods
                .ToDictionary(method => method, method => Neither(unit.Avain, method))
                .Where(row => row.Value.Total > 0).ToDictionary());
        }
    }

    /// <summary>Clients of a row, and how many of their last reviews were filled together with them.</summary>
    public Tally Together(PlanRow row, CodedValue code, PlanCount of = PlanCount.Clients) =>
        new(Sum(row, code, PlanCount.WithClient), Sum(row, code, of));

    /// <summary>The same of a band of dose, among those with a review after the 90 days.</summary>
    public Tally Together(DoseBand band) =>
        Together(PlanRow.Dose, PlanRows.CodeOf((int)band), PlanCount.Reviewed);

    /// <summary>The same of those with whom a method was neither used nor planned.</summary>
    public Tally TogetherWithout(CodedValue method)
    {
        var all = Together(PlanRow.Reviewed, new CodedValue("", ""));
        PlanRow[] with = [PlanRow.MethodUsed, PlanRow.MethodNotUsed, PlanRow.MethodUnanswered];
        return with.Select(row => Together(row, method)).Aggregate(
            all, (left, row) => new Tally(left.Count - row.Count, left.Of - row.Of));
    }

    /// <summary>Who of a band of dose has a review after the 90 days: only they are in its attainment.</summary>
    public IEnumerable<EvaluationGroup> Reviewed() => Bands
        .Select(band => (Name: NameOf(band), Code: PlanRows.CodeOf((int)band)))
        .Where(band => Sum(PlanRow.Dose, band.Code, PlanCount.Clients) > 0)
        .Select(band => new EvaluationGroup($"clients by dose: {band.Name}", null,
        [
            Share("REVIEWED_AFTER_90", new Tally(
                Sum(PlanRow.Dose, band.Code, PlanCount.Reviewed), Sum(PlanRow.Dose, band.Code, PlanCount.Clients)))
                with { Note = "who has none is in no attainment by dose; younger plans have not come so far" },
        ]));

    /// <summary>Of clients for whom a service was planned and reviewed, with how many it was used.</summary>
    public IEnumerable<EvaluationGroup> Services()
    {
        PlanRow[] rows = [PlanRow.ServiceUsed, PlanRow.ServiceNotUsed, PlanRow.ServiceUnanswered,
            PlanRow.ServiceUnplanned];
        return rows.SelectMany(row => _rows.SelectMany(it => CodesOf(it, row))).Distinct()
            .OrderBy(AvainEvaluation.Name, StringComparer.Ordinal).Select(service =>
            {
                var (used, notUsed, unanswered, unplanned) = (
                    Sum(PlanRow.ServiceUsed, service, PlanCount.Clients),
                    Sum(PlanRow.ServiceNotUsed, service, PlanCount.Clients),
                    Sum(PlanRow.ServiceUnanswered, service, PlanCount.Clients),
                    Sum(PlanRow.ServiceUnplanned, service, PlanCount.Clients));
                return new EvaluationGroup($"service: {AvainEvaluation.Name(service)}", null,
                [
                    Share("SERVICE_USED", new Tally(used, used + notUsed)),
                    Share("SERVICE_UNANSWERED", new Tally(unanswered, used + notUsed + unanswered)),
                    Share("SERVICE_UNPLANNED", new Tally(unplanned, used + unplanned)),
                ]);
            });
    }

    /// <summary>Agreed days of review that have come, and by how many of them a review was held.</summary>
    /// <param name="today">When the log ends.</param>
    public EvaluationGroup InTime(DateOnly today)
    {
        var last = MonthSet.NumberOf(today) - 1;
        var due = _rows.SelectMany(rows => rows.Agreed).Where(it => it.Key.DueMonth <= last).ToArray();
        return new EvaluationGroup("agreed reviews", null,
        [
            Share("REVIEWED_IN_TIME", new Tally(
                due.Where(it => it.Key.InTime).Sum(it => (long)it.Value), due.Sum(it => (long)it.Value))),
        ]);
    }

    /// <summary>How a band is called; the order of these names is that of the bands.</summary>
    public static string NameOf(DoseBand band) => band switch
    {
        DoseBand.None => "0 min",
        DoseBand.UnderTwoHours => "1-119 min",
        DoseBand.TwoToFiveHours => "120-299 min",
        DoseBand.FiveHoursOrMore => "300 min or more",
        _ => "not recorded",
    };

    private static AttainmentCounts Neither(AvainOutcomes all, CodedValue method)
    {
        var neither = new AttainmentCounts();
        foreach (var attainment in Enum.GetValues<Attainment>())
        {
            neither.Add(
                attainment,
                all.ByScale.Values.Sum(row => row.Of(attainment))
                    - (all.ByMethod.GetValueOrDefault(method)?.Of(attainment) ?? 0)
                    - (all.ByMethodNotUsed.GetValueOrDefault(method)?.Of(attainment) ?? 0)
                    - all.Rows.GoalsOf(PlanRow.MethodUnanswered, method).Of(attainment));
        }
        return neither;
    }

    private Estimate Share(string measure, Tally tally) => new(
        measure, tally.Share, Proportions.Wilson(tally), tally.Of, units.Count)
    {
        Note = "persons taken as independent",
    };

    private long Sum(PlanRow row, CodedValue code, PlanCount what) =>
        _rows.Sum(rows => (long)rows.Of(row, code, what));

    private static IEnumerable<CodedValue> CodesOf(PlanRows rows, PlanRow row) =>
        rows.Counts.Keys.Where(key => key.Row == row).Select(key => key.Code).Distinct();
}
