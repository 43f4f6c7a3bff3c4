using Google.OrTools.Sat;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Caseload.LiveMetrics;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>
/// Somebody who sees what is released of one municipality, knows the rule and what statuses mean, and has an integer
/// solver: it says whether people could exist of whom something else is true than what is hidden. What is known of
/// clients is written down here once more, and not taken from the rule: of a metric or fact that is new, nothing is
/// known here until it is.
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

    /// <summary>What each round shows of a figure; what is hidden is not in it.</summary>
    private readonly List<Dictionary<string, int>> _shown = [];

    private readonly List<LinearExpr[]> _statuses = [];

    /// <param name="rounds">What was released, one after the other.</param>
    public Attacker(params IReadOnlyList<ReleasedMetrics> rounds)
    {
        Assert.All(Implications, fact => Assert.Equal(
            (ByStatus.Index, ByReason.Index), (fact.These.Table, fact.Those.Table)));
        foreach (var round in rounds)
        {
            Add(round);
        }
    }

    /// <summary>The figures that a round may say something of.</summary>
    public IEnumerable<string> Figures(int round = 0) => _rounds[round].Keys;

    /// <summary>What a round shows of a figure; null when it is hidden.</summary>
    public int? ShownOf(string figure, int round = 0) =>
        _shown[round].TryGetValue(figure, out var shown) ? shown : null;

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

    private void Add(ReleasedMetrics released)
    {
        var round = new Round(this, released, _rounds.Count);
        // Each client has a status and a reason that go together, a cell in every other table, and may be in parts.
        var clients = new Dictionary<(CaseStatus Status, int Reason), LinearExpr>();
        foreach (var (status, reason) in from s in Statuses from r in Reasons where CanHave(s, r) select (s, r))
        {
            clients[(status, reason)] = _model.NewIntVar(0, Many, $"{status} {reason} {_rounds.Count}");
        }
        LinearExpr[] statuses = [.. Statuses.Select(status => Sum(client => client.Status == status))];
        var all = LinearExpr.Sum(statuses);
        round.Figures["clients"] = all;
        foreach (var metric in All)
        {
            switch (metric)
            {
                case var _ when metric == ByStatus:
                    round.Table(ByStatus, cell => statuses[cell]);
                    break;
                case var _ when metric == ByReason:
                    round.Table(ByReason, cell => Sum(client => client.Reason == cell));
                    break;
                case CellMetric { Protection: Protection.Partition } other:
                    _model.Add(LinearExpr.Sum(round.Table(other, round.Anybody)) == all);
                    break;
                case var _ when metric == Overdue:
                    round.Parts(Overdue, Enum.GetValues<OverdueKind>().Select(kind => (object)(int)kind), kind =>
                        Sum(client => CanBeLate((OverdueKind)kind, client.Status, client.Reason)));
                    break;
                case var _ when metric == ByMethod:
                    round.Parts(ByMethod, released.Of(ByMethod).Keys.Select(method => (object)method), _ =>
                        statuses[(int)CaseStatus.InPlan] + statuses[(int)CaseStatus.Closed]);
                    break;
                default:
                    Assert.True(
                        metric.Protection is Protection.OwnStaff && !released.ShownOf(metric).Any(),
                        $"The attacker does not know who is counted in {metric.Name.Field}.");
                    break;
            }
        }
        _statuses.Add(statuses);
        _rounds.Add(round.Figures);
        _shown.Add(round.Shown);

        LinearExpr Sum(Func<(CaseStatus Status, int Reason), bool> isMeant) =>
            LinearExpr.Sum(clients.Where(client => isMeant(client.Key)).Select(client => client.Value));
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

    /// <summary>One round's figures in the solver's terms.</summary>
    private sealed class Round(Attacker attacker, ReleasedMetrics released, int number)
    {
        public Dictionary<string, LinearExpr> Figures { get; } = [];

        public Dictionary<string, int> Shown { get; } = [];

        /// <summary>A count of which nothing is known by itself.</summary>
        public LinearExpr Anybody(int cell) => attacker._model.NewIntVar(0, Many, $"any {Figures.Count} {number}");

        /// <summary>A table in which each client has one cell.</summary>
        public List<LinearExpr> Table(CellMetric metric, Func<int, LinearExpr> countOf)
        {
            var known = released.Of(metric);
            // Of a table without any shown cell it is not known whether it was left out as a whole.
            var isShown = metric == ByStatus || known.Any(cell => cell is not null);
            var counts = new List<LinearExpr>();
            foreach (var cell in Enumerable.Range(0, metric.Length).Where(metric.Has))
            {
                var (count, bounds) = (countOf(cell), isShown ? Grid.Known(known[cell]) : new Bounds(0, Many));
                attacker._model.AddLinearConstraint(count, bounds.Least, bounds.Most);
                counts.Add(count);
                Tell(metric, cell, count, known[cell]);
            }
            return counts;
        }

        /// <summary>Cells in which some clients of a larger group are; the rest of the group is a figure, too.
        /// </summary>
        public void Parts(CaseloadMetric metric, IEnumerable<object> cells, Func<object, LinearExpr> wholeOf)
        {
            var known = released.ShownOf(metric).ToDictionary(part => part.Cell, part => (int?)part.Shown);
            foreach (var cell in cells)
            {
                var (whole, least) = (wholeOf(cell), known.GetValueOrDefault(cell));
                var bounds = least is null ? new Bounds(0, Many) : Grid.Known(least);
                var name = $"{metric.Name.Field} {cell} {number}";
                var part = attacker._model.NewIntVar(bounds.Least, bounds.Most, name);
                attacker._model.Add(part <= whole);
                Figures[$"not {metric.Name.Field} {cell}"] = whole - part;
                Tell(metric, cell, part, least);
            }
        }

        private void Tell(CaseloadMetric metric, object cell, LinearExpr count, int? shown)
        {
            Figures[$"{metric.Name.Field} {cell}"] = count;
            if (shown is { } some)
            {
                Shown[$"{metric.Name.Field} {cell}"] = some;
            }
        }
    }
}
