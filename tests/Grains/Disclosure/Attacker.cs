using Google.OrTools.Sat;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Caseload.LiveMetrics;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>
/// Somebody who sees what is released of one municipality, knows the rule and what statuses mean, and has an integer
/// solver: it says whether people could exist of whom something else is true than what is hidden.
/// </summary>
internal sealed class Attacker
{
    /// <summary>More clients than any municipality of the tests has.</summary>
    private const int Many = 400;

    private static readonly CaseStatus[] Statuses = Enum.GetValues<CaseStatus>();
    private static readonly int[] Reasons = [0, .. Enum.GetValues<ReferralReason>().Select(reason => (int)reason)];
    private static readonly CountGrid Grid = CountGrid.Default;

    private readonly CpModel _model = new();

    /// <summary>What can be asked of each round, by the name of a figure.</summary>
    private readonly List<Dictionary<string, LinearExpr>> _rounds = [];

    private readonly List<LinearExpr[]> _statuses = [];

    /// <param name="rounds">What was released, one after the other.</param>
    public Attacker(params IReadOnlyList<ReleasedMetrics> rounds)
    {
        foreach (var round in rounds)
        {
            Add(round);
        }
    }

    /// <summary>The figures that a round may say something of.</summary>
    public IEnumerable<string> Figures(int round = 0) => _rounds[round].Keys;

    /// <summary>True when a figure of a round can lie between two numbers.</summary>
    public bool CanBe(string figure, int least, int most, int round = 0) =>
        Solve(_rounds[round][figure], least, most);

    /// <summary>True when a figure can have changed by a number between the two, from one round to the next.</summary>
    public bool CanChangeBy(string figure, int least, int most, int round = 0) =>
        Solve(_rounds[round + 1][figure] - _rounds[round][figure], least, most);

    /// <summary>
    /// From a round to the next people change their status, come and leave: so many of them at most, and at least k.
    /// </summary>
    public void Link(int mostPeople)
    {
        for (var round = 1; round < _rounds.Count; round++)
        {
            var (before, after) = (_statuses[round - 1], _statuses[round]);
            // The last place is elsewhere: those who come and those who leave.
            int[] places = [.. Enumerable.Range(0, Statuses.Length + 1)];
            var moves = (
                from one in places
                from other in places
                select (From: one, To: other, Count: (LinearExpr)_model.NewIntVar(
                    0, one == other ? Many : mostPeople, $"move {round} {one} {other}"))).ToArray();
            for (var status = 0; status < Statuses.Length; status++)
            {
                _model.Add(before[status] == LinearExpr.Sum(moves.Where(m => m.From == status).Select(m => m.Count)));
                _model.Add(after[status] == LinearExpr.Sum(moves.Where(m => m.To == status).Select(m => m.Count)));
            }
            _model.AddLinearConstraint(
                LinearExpr.Sum(moves.Where(move => move.From != move.To).Select(move => move.Count)),
                SmallCells.DefaultK, mostPeople);
        }
    }

    private void Add(ReleasedMetrics shown)
    {
        var figures = new Dictionary<string, LinearExpr>();
        var number = _rounds.Count;
        // Each client has a status and a reason that go together, an age, and may be late in some ways.
        var clients = new Dictionary<(CaseStatus Status, int Reason), LinearExpr>();
        foreach (var (status, reason) in from s in Statuses from r in Reasons where CanHave(s, r) select (s, r))
        {
            clients[(status, reason)] = _model.NewIntVar(0, Many, $"{status} {reason} {number}");
        }
        LinearExpr[] statuses = [.. Statuses.Select(status =>
            LinearExpr.Sum(clients.Where(c => c.Key.Status == status).Select(c => c.Value)))];
        AddTable(ByStatus, [.. Statuses.Select(status => ((int)status, statuses[(int)status]))]);
        AddTable(ByReason, [.. Reasons.Select(reason =>
            (reason, LinearExpr.Sum(clients.Where(c => c.Key.Reason == reason).Select(c => c.Value))))]);
        (int Cell, LinearExpr Count)[] ages = [.. Enumerable.Range(1, ByAgeBand.Length - 1).Select(
            band => (band, (LinearExpr)_model.NewIntVar(0, Many, $"age {band} {number}")))];
        AddTable(ByAgeBand, ages);
        var all = LinearExpr.Sum(statuses);
        figures["clients"] = all;
        _model.Add(LinearExpr.Sum(ages.Select(age => age.Count)) == all);
        _statuses.Add(statuses);
        foreach (var kind in Enum.GetValues<OverdueKind>())
        {
            AddPart($"{kind}", shown.Of(Overdue)[(int)kind], LinearExpr.Sum(
                clients.Where(c => CanBeLate(kind, c.Key.Status, c.Key.Reason)).Select(c => c.Value)));
        }
        foreach (var (method, least) in shown.Of(ByMethod))
        {
            AddPart($"{method}", least, statuses[(int)CaseStatus.InPlan] + statuses[(int)CaseStatus.Closed]);
        }
        _rounds.Add(figures);

        void AddTable(CellMetric metric, (int Cell, LinearExpr Count)[] cells)
        {
            var known = shown.Of(metric);
            // Of a table without any shown cell it is not known whether it was left out as a whole.
            var isShown = metric == ByStatus || known.Any(cell => cell is not null);
            foreach (var (cell, count) in cells)
            {
                figures[$"{metric.Name.Field} {cell}"] = count;
                var bounds = isShown ? Grid.Known(known[cell]) : new Bounds(0, Many);
                _model.AddLinearConstraint(count, bounds.Least, bounds.Most);
            }
        }

        void AddPart(string name, int? least, LinearExpr whole)
        {
            var bounds = least is null ? new Bounds(0, Many) : Grid.Known(least);
            var part = _model.NewIntVar(bounds.Least, bounds.Most, $"{name} {number}");
            figures[name] = part;
            figures[$"not {name}"] = whole - part;
            _model.Add(part <= whole);
        }
    }

    private static bool CanHave(CaseStatus status, int reason) => status switch
    {
        CaseStatus.Registered => reason == 0,
        CaseStatus.Referred or CaseStatus.NotInvestigated or CaseStatus.Contacted => reason != 0,
        _ => true,
    };

    private static bool CanBeLate(OverdueKind kind, CaseStatus status, int reason) => kind switch
    {
        OverdueKind.Contact => reason != 0 && status is not (CaseStatus.Contacted or CaseStatus.NotInvestigated
            or CaseStatus.Closed),
        OverdueKind.Review => status is CaseStatus.InPlan,
        _ => status is CaseStatus.MeetingBooked or CaseStatus.Met or CaseStatus.Assessed or CaseStatus.NoClientship
            or CaseStatus.InPlan,
    };

    private bool Solve(LinearExpr figure, int least, int most)
    {
        _model.AddLinearConstraint(figure, least, most);
        using var solver = new CpSolver { StringParameters = "num_workers:1,random_seed:1,max_time_in_seconds:20" };
        var answer = solver.Solve(_model);
        _model.Model.Constraints.RemoveAt(_model.Model.Constraints.Count - 1); // The question alone.
        return answer switch
        {
            CpSolverStatus.Optimal or CpSolverStatus.Feasible => true,
            CpSolverStatus.Infeasible => false,
            var other => throw new InvalidOperationException($"The solver says {other}."),
        };
    }
}
