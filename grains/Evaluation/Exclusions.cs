using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Counts who is left out, by arm and reason.</summary>
internal sealed class Exclusions
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

    public IReadOnlyList<Exclusion> All =>
    [
        .. _counts.Select(it => new Exclusion(
            (ExclusionReason)it.Key.Reason, it.Key.Arm == 0 ? null : (StudyArm)it.Key.Arm, it.Value)),
    ];
}
