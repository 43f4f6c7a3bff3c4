using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>One municipality's clients at the index, in one arm, and what became of them on the way to the estimates.
/// </summary>
internal sealed class BaselineTable
{
    private long _referred;
    private long _tooLong;
    private long _notCovered;
    private long _tooShort;
    private long _inExit;
    private long _notCoveredAfter;
    private long _died;
    private long _moved;
    private long _inChange;

    /// <summary>The steps of the flow chart, in order; each number is of those whom the steps before left.</summary>
    public static IReadOnlyList<(string Measure, Func<BaselineTable, long> Count)> Flow { get; } =
    [
        ("FLOW_REFERRED", it => it._referred),
        ("FLOW_HISTORY_TOO_LONG", it => it._tooLong),
        ("FLOW_NOT_COVERED", it => it._notCovered),
        ("FLOW_COVERED", it => it.Covered),
        ("FLOW_NOT_ON_ASSISTANCE", it => it.Covered - it.OnAssistance),
        ("FLOW_FOLLOWED_TOO_SHORT", it => it._tooShort),
        ("FLOW_IN_EXIT", it => it._inExit),
        ("FLOW_NOT_COVERED_AFTER", it => it._notCoveredAfter),
        ("FLOW_DIED", it => it._died),
        ("FLOW_MOVED", it => it._moved),
        ("FLOW_IN_CHANGE", it => it._inChange),
    ];

    /// <summary>Clients whose index month and the twelve before it are covered.</summary>
    public long Covered { get; private set; }

    /// <summary>Of them: on assistance in the index month.</summary>
    public long OnAssistance { get; private set; }

    /// <summary>Of them: without any month on assistance in the twelve before.</summary>
    public long Incident { get; private set; }

    /// <summary>Their months on assistance in the twelve before.</summary>
    public long MonthsBefore { get; private set; }

    public Dictionary<AgeGroup, long> Ages { get; } = [];

    public Dictionary<ReferralReason, long> Reasons { get; } = [];

    /// <summary>A table for each arm in which the municipality was (0 is none), and index month.</summary>
    public static Dictionary<(int Arm, int Month), BaselineTable> Of(EvaluationQuestion question, EvaluationUnit unit)
    {
        var tables = new Dictionary<(int Arm, int Month), BaselineTable>();
        foreach (var (group, cell) in unit.Cells.Where(it => question.Takes(it.Key)))
        {
            tables.CellOf(((int)(unit.ArmIn(group.Month) ?? 0), group.Month)).Add(question, unit, group, cell);
        }
        return tables;
    }

    /// <summary>Adds all that another counts.</summary>
    public void Merge(BaselineTable other)
    {
        (_referred, _tooLong) = (_referred + other._referred, _tooLong + other._tooLong);
        (_notCovered, _tooShort) = (_notCovered + other._notCovered, _tooShort + other._tooShort);
        (_inExit, _inChange) = (_inExit + other._inExit, _inChange + other._inChange);
        (_died, _moved) = (_died + other._died, _moved + other._moved);
        _notCoveredAfter += other._notCoveredAfter;
        (Covered, OnAssistance) = (Covered + other.Covered, OnAssistance + other.OnAssistance);
        (Incident, MonthsBefore) = (Incident + other.Incident, MonthsBefore + other.MonthsBefore);
        foreach (var (age, count) in other.Ages)
        {
            Ages[age] = Ages.GetValueOrDefault(age) + count;
        }
        foreach (var (reason, count) in other.Reasons)
        {
            Reasons[reason] = Reasons.GetValueOrDefault(reason) + count;
        }
    }

    public void CountInto(Exclusions excluded, StudyArm? arm)
    {
        excluded.Count(ExclusionReason.HistoryTooLong, arm, _tooLong);
        excluded.Count(ExclusionReason.NotCovered, arm, _notCovered);
        excluded.Count(ExclusionReason.NotOnAssistance, arm, Covered - OnAssistance);
        excluded.Count(ExclusionReason.Died, arm, _died);
        excluded.Count(ExclusionReason.Moved, arm, _moved);
        excluded.Count(ExclusionReason.NotInArm, arm, arm is null ? Covered : 0);
    }

    private void Add(EvaluationQuestion question, EvaluationUnit unit, IndexGroup group, IndexCell cell)
    {
        var readable = cell.Clients - cell.Unreadable;
        _referred += cell.Clients;
        _tooLong += cell.Unreadable;
        if (unit.CoveredThrough(group) is not { } through)
        {
            _notCovered += readable;
            return;
        }
        Covered += readable;
        OnAssistance += cell.OnAssistance;
        Incident += group.IsIncident ? readable : 0;
        MonthsBefore += cell.Change.MonthsBefore + cell.MonthsBeforeDeath + cell.MonthsBeforeMove;
        Ages[group.Age] = Ages.GetValueOrDefault(group.Age) + readable;
        Reasons[group.Reason] = Reasons.GetValueOrDefault(group.Reason) + readable;
        if (through - question.Gap + 1 > group.Month)
        {
            _inExit += cell.OnAssistance;
        }
        else
        {
            _tooShort += cell.OnAssistance;
        }
        if (unit.HasWindow(group))
        {
            (_died, _moved, _inChange) = (_died + cell.Died, _moved + cell.Moved, _inChange + cell.Change.Clients);
        }
        else
        {
            _notCoveredAfter += readable;
        }
    }
}
