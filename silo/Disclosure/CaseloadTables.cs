using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>What is known of one count.</summary>
/// <param name="Value">Null where the state is not <see cref="FigureState.Shown"/>.</param>
/// <param name="State">Why it is there or not.</param>
/// <param name="IsLowerBound">True when there may be more: it is rounded down, or parts of it are withheld.</param>
public readonly record struct Figure(int? Value, FigureState State, bool IsLowerBound)
{
    internal static Figure Of(DisclosedCount count, bool isLowerBound) => count.Value is { } shown
        ? new(shown, FigureState.Shown, isLowerBound)
        : new(null, FigureState.Withheld, isLowerBound);
}

/// <summary>A cell of a table: what it stands for by each dimension asked for, in their order, and its count.</summary>
public sealed record TableCell(IReadOnlyList<(CaseloadDimension Dimension, object? Key)> Keys, Figure Figure);

/// <summary>
/// Clients counted by one or two dimensions. One dimension, with the municipality beside it or not, is what
/// <see cref="Figures"/> tells; two others at once count narrow cells, so they are for own staff alone.
/// </summary>
public sealed class CaseloadTables(Caseloads caseloads, Figures figures)
{
    /// <param name="caller">Who asks.</param>
    /// <param name="by">One or two, each once.</param>
    /// <param name="municipalities">Codes; all when null.</param>
    /// <param name="filter">Which clients are meant.</param>
    /// <param name="today">What is late depends on it.</param>
    /// <param name="sightIn">Where the caller stands in a register; null for one who sees all of it.</param>
    /// <returns>How much of the log the oldest part has seen, and the cells.</returns>
    /// <exception cref="DisclosureRefused">No edition has it, and not all of it is the caller's own.</exception>
    public (AsOf AsOf, IReadOnlyList<TableCell> Cells) Ask(
        Caller caller, IReadOnlyList<CaseloadDimension> by, IReadOnlyList<string>? municipalities,
        CaseloadFilter filter, DateOnly today, Func<string, Standing?> sightIn)
    {
        string[] codes = [.. (municipalities ?? caseloads.Codes).Distinct(StringComparer.Ordinal)];
        CaseloadMetric[] metrics = [.. by.Select(LiveMetrics.By).OfType<CaseloadMetric>()];
        var isReleased = metrics.Length < 2 && metrics.All(metric => metric.Protection is not Protection.OwnStaff);
        if (!isReleased && !codes.All(code => AccessPolicy.SeesExactFigures(caller, code)))
        {
            throw new DisclosureRefused(
                "Only a municipality's own staff may count its clients by worker, or by two things at once; "
                + "others by one of the rest, and by municipality.");
        }
        var (asOf, cells) = (caseloads.Clock.Now, new List<TableCell>());
        var isByMunicipality = by.Contains(CaseloadDimension.Municipality);
        foreach (var part in isByMunicipality ? PartsIn(codes, filter, today) : [codes])
        {
            var (seen, counts) = metrics is [var first, var second]
                ? (asOf, Crossed(part, first, second, filter, today, sightIn))
                : Told(caller, part, metrics.FirstOrDefault(), filter, today, sightIn);
            asOf = seen.Position < asOf.Position ? seen : asOf;
            cells.AddRange(counts.Select(count => new TableCell(
                Keys(by, isByMunicipality ? part[0] : null, count.First, count.Second), count.Figure)));
        }
        return (asOf, cells);
    }

    /// <summary>Each municipality that counts, by itself.</summary>
    private IEnumerable<string[]> PartsIn(string[] codes, CaseloadFilter filter, DateOnly today) =>
        from code in codes
        where caseloads.Ask(code, caseload => filter.Arm is not { } arm || caseload.Municipality.ArmOn(today) == arm)
        select new[] { code };

    private (AsOf AsOf, IEnumerable<(object? First, object? Second, Figure Figure)> Counts) Told(
        Caller caller, string[] codes, CaseloadMetric? metric, CaseloadFilter filter, DateOnly today,
        Func<string, Standing?> sightIn)
    {
        var (asOf, told) = figures.Metrics(caller, codes, filter, today, sightIn);
        return (asOf, metric is null
            ? [(null, null, Figure.Of(told.Clients, told.Withheld))]
            : told.CellsOf(metric).Select(cell =>
                (cell.Key, default(object), Figure.Of(cell.Count, told.Withheld))));
    }

    private IEnumerable<(object? First, object? Second, Figure Figure)> Crossed(
        string[] codes, CaseloadMetric first, CaseloadMetric second, CaseloadFilter filter, DateOnly today,
        Func<string, Standing?> sightIn)
    {
        var (crossed, isWhole) = (new CrossedMetrics(first, second), true);
        foreach (var code in codes)
        {
            var seen = filter with { SeenBy = sightIn(code) };
            isWhole &= seen.SeenBy is null;
            caseloads.Gather([code], crossed, (caseload, table) => caseload.AddTo(table, seen, today));
        }
        return crossed.Cells().Select(cell =>
            (cell.First, cell.Second, new Figure(cell.Count, FigureState.Shown, !isWhole)));
    }

    private static (CaseloadDimension, object?)[] Keys(
        IReadOnlyList<CaseloadDimension> by, string? municipality, object? first, object? second)
    {
        var metrics = new Queue<object?>([first, second]);
        return [.. by.Select(dimension => (
            dimension, dimension is CaseloadDimension.Municipality ? municipality : metrics.Dequeue()))];
    }
}
