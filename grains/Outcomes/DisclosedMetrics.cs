using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Grains.Outcomes;

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

    /// <summary>Adds the protected part of one municipality.</summary>
    public void Add(CaseloadMetrics part)
    {
        Municipalities += part.Municipalities;
        var tables = new[] { part.ByStatus, part.ByReason, part.ByAgeBand };
        var hidden = tables.Select(table => SmallCells.Hide([.. table], k)).ToArray();
        // One total belongs to all three tables: if any of them needs it hidden, it is hidden.
        var hideTotal = !SmallCells.MayShow(part.Clients, k) || hidden.Any(h => h is null);
        Clients = Clients.Plus(part.Clients, hideTotal);
        ByStatus = Sum(ByStatus, part.ByStatus, hidden[0]);
        ByReason = Sum(ByReason, part.ByReason, hidden[1]);
        ByAgeBand = Sum(ByAgeBand, part.ByAgeBand, hidden[2]);
        // Kinds of lateness and methods overlap and have no total: each stands by itself, as does its complement.
        Overdue = Sum(Overdue, part.Overdue, [.. part.Overdue.Select(count => !Alone(count, part.Clients))]);
        foreach (var (method, count) in part.ByMethod)
        {
            ByMethod[method] = ByMethod.GetValueOrDefault(method).Plus(count, !Alone(count, part.Clients));
        }
    }

    private bool Alone(int count, int clients) =>
        SmallCells.MayShow(count, k) && SmallCells.MayShow(Math.Max(0, clients - count), k);

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
