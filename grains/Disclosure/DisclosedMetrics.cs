using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>A sum of cells of which some parts are withheld.</summary>
/// <param name="Shown">What may be shown.</param>
/// <param name="Withheld">Parts that are not in it.</param>
public readonly record struct DisclosedCount(int Shown, int Withheld)
{
    /// <summary>Null when something is withheld and nothing is left to show.</summary>
    public int? Value => Withheld > 0 && Shown == 0 ? null : Shown;

    public DisclosedCount Plus(int part, bool hide) => hide ? this with { Withheld = Withheld + 1 } :
        this with { Shown = Shown + part };
}

/// <summary>
/// Caseload figures for somebody who is not the municipality's own staff. Each municipality's tables are protected by
/// themselves and only then added up, so every answer is a sum of the same protected parts: asking for other sets of
/// municipalities and subtracting reveals nothing more.
/// </summary>
public sealed class DisclosedMetrics(int k = SmallCells.DefaultK)
{
    public int Municipalities { get; private set; }

    public DisclosedCount Clients { get; private set; }

    public IReadOnlyList<DisclosedCount> ByStatus { get; private set; } = [];

    public IReadOnlyList<DisclosedCount> ByReason { get; private set; } = [];

    public IReadOnlyList<DisclosedCount> ByAgeBand { get; private set; } = [];

    public IReadOnlyList<DisclosedCount> Overdue { get; private set; } = [];

    public Dictionary<CodedValue, DisclosedCount> ByMethod { get; } = [];

    public bool Withheld =>
        Clients.Withheld > 0 || ByStatus.Concat(ByReason).Concat(ByAgeBand).Concat(Overdue).Any(c => c.Withheld > 0)
        || ByMethod.Values.Any(c => c.Withheld > 0);

    /// <summary>By worker: only of municipalities whose own staff ask.</summary>
    public Dictionary<string, int> ByWorker { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds one municipality's part as it is, for its own staff.</summary>
    public void AddExactly(CaseloadMetrics part)
    {
        Municipalities += part.Municipalities;
        Clients = Clients.Plus(part.Clients, hide: false);
        ByStatus = Sum(ByStatus, part.ByStatus, new bool[part.ByStatus.Count]);
        ByReason = Sum(ByReason, part.ByReason, new bool[part.ByReason.Count]);
        ByAgeBand = Sum(ByAgeBand, part.ByAgeBand, new bool[part.ByAgeBand.Count]);
        Overdue = Sum(Overdue, part.Overdue, new bool[part.Overdue.Count]);
        foreach (var (method, count) in part.ByMethod)
        {
            ByMethod[method] = ByMethod.GetValueOrDefault(method).Plus(count, hide: false);
        }
        foreach (var (worker, count) in part.ByWorker)
        {
            ByWorker[worker] = ByWorker.GetValueOrDefault(worker) + count;
        }
    }

    /// <summary>Adds the protected part of one municipality.</summary>
    public void AddProtected(CaseloadMetrics part)
    {
        Municipalities += part.Municipalities;
        var tables = new[] { part.ByStatus, part.ByReason, part.ByAgeBand };
        var hidden = tables.Select(table => SmallCells.Hide([.. table], k)).ToArray();
        // One total belongs to all three tables: if any of them needs it hidden, none may give it away.
        var whole = SmallCells.MayShow(part.Clients, k) && hidden.All(h => h is not null);
        Clients = Clients.Plus(part.Clients, hide: !whole);
        ByStatus = Sum(ByStatus, part.ByStatus, whole ? hidden[0] : null);
        ByReason = Sum(ByReason, part.ByReason, whole ? hidden[1] : null);
        ByAgeBand = Sum(ByAgeBand, part.ByAgeBand, whole ? hidden[2] : null);
        Overdue = Sum(
            Overdue, part.Overdue,
            [
                .. part.Overdue.Select(
                    (count, kind) => !MayShow(count, part, whole, StatusesBehind.Overdue((OverdueKind)kind))),
            ]);
        foreach (var (method, count) in part.ByMethod)
        {
            ByMethod[method] = ByMethod.GetValueOrDefault(method)
                .Plus(count, !MayShow(count, part, whole, StatusesBehind.Plan));
        }

        // Beside a count within some statuses stand those of the same statuses who are not in it. With a status
        // hidden, not even their absence may be told: the count would then equal the hidden cell.
        bool MayShow(int count, CaseloadMetrics of, bool withTotal, ReadOnlySpan<CaseStatus> within)
        {
            var others = -count;
            foreach (var status in within)
            {
                others += of.ByStatus[(int)status];
            }
            return count == 0
                || (withTotal && count >= k && (others >= k || (others == 0 && !hidden[0]!.Contains(true))));
        }
    }

    private static DisclosedCount[] Sum(IReadOnlyList<DisclosedCount> sums, IReadOnlyList<int> cells, bool[]? hidden)
    {
        var next = new DisclosedCount[cells.Count];
        for (var i = 0; i < next.Length; i++)
        {
            var before = i < sums.Count ? sums[i] : default;
            next[i] = before.Plus(cells[i], hidden is null ? cells[i] > 0 : hidden[i]);
        }
        return next;
    }
}
