using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Counts who is left out, by arm and reason.</summary>
public sealed class Exclusions
{
    private readonly SortedDictionary<(int Reason, int Arm), long> _counts = [];

    public void Count(ExclusionReason reason, StudyArm? arm, long clients)
    {
        if (clients != 0)
        {
            _counts[((int)reason, (int)(arm ?? 0))] =
                _counts.GetValueOrDefault(((int)reason, (int)(arm ?? 0))) + clients;
        }
    }

    /// <summary>Who is in no estimate of an incident index, and those whom the estimates themselves left out.</summary>
    /// <param name="question">With an incident index.</param>
    /// <param name="units">The municipalities.</param>
    /// <param name="others">Whom the estimates left out of the rest.</param>
    public static IReadOnlyList<Exclusion> WithPrevalent(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, IReadOnlyList<Exclusion> others)
    {
        var (all, everybody) = (new Exclusions(), question with { Incident = false });
        foreach (var other in others)
        {
            all.Count(other.Reason, other.Arm, other.Count);
        }
        foreach (var unit in units)
        {
            foreach (var (group, cell) in unit.Cells.Where(it => everybody.Takes(it.Key) && !it.Key.IsIncident))
            {
                var (arm, covered) = (unit.ArmIn(group.Month), unit.CoveredThrough(group) is not null);
                all.Count(ExclusionReason.HistoryTooLong, arm, cell.Unreadable);
                var why = !covered ? ExclusionReason.NotCovered
                    : group.IsIdle ? ExclusionReason.NotOnAssistance
                    : ExclusionReason.OnAssistanceBefore;
                all.Count(why, arm, cell.Clients - cell.Unreadable);
            }
        }
        return all.All;
    }

    public IReadOnlyList<Exclusion> All =>
    [
        .. _counts.Select(it => new Exclusion(
            (ExclusionReason)it.Key.Reason, it.Key.Arm == 0 ? null : (StudyArm)it.Key.Arm, it.Value)),
    ];
}
