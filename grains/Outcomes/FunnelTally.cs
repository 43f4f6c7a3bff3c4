using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>One municipality's referrals by month, reason and source: small cells that any period sums up.</summary>
internal sealed class FunnelTally
{
    private readonly Dictionary<(int Month, ReferralReason Reason, ReferralSource Source), ReferralFunnel> _cells = [];

    /// <summary>Counts an episode, or with -1 takes it back.</summary>
    public void Add(Episode episode, int sign) =>
        Change(MonthOf(episode.ReceivedOn), episode, cell => cell.Add(episode, sign));

    /// <summary>Counts what became of a meeting. One of a client without a referral has no reason.</summary>
    public void AddMeeting(in CourseMark meeting, Episode? episode, int sign)
    {
        var kind = meeting.Kind;
        Change(MonthOf(meeting.Day), episode, cell => cell.AddMeeting(kind, sign));
    }

    /// <summary>Adds the cells of a period to an answer by reason; of one source, or of all.</summary>
    public void AddTo(
        Dictionary<ReferralReason, ReferralFunnel> answer, OutcomePeriod period, ReferralSource? source,
        Func<int, StudyArm?> armIn)
    {
        foreach (var (key, cell) in _cells)
        {
            if (period.Takes(key.Month, armIn) && (source is null || key.Source == source))
            {
                answer.CellOf(key.Reason).Merge(cell);
            }
        }
    }

    public void Imprint(Image image) => image.Entries(
        _cells,
        static (Image i, ref (int Month, ReferralReason Reason, ReferralSource Source) key, ref ReferralFunnel cell) =>
        {
            i.Value(ref key.Month);
            i.Value(ref key.Reason);
            i.Value(ref key.Source);
            (cell ??= new ReferralFunnel()).Imprint(i);
        });

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _cells.Select(cell => $"funnel {cell.Key} {Text(cell.Value)}");

    private static string Text(ReferralFunnel cell)
    {
        var steps = Enum.GetValues<ReferralStep>();
        var counts = steps.Select(step => (long)cell.Reached(step))
            .Concat(steps.Skip(1).Select(step => cell.DaysTo(step).TotalDays))
            .Concat(Enum.GetValues<ReferralMoment>().Select(moment => (long)cell.Of(moment)))
            .Append(cell.Attended).Append(cell.Missed).Append(cell.Cancelled);
        return string.Join(',', counts);
    }

    private void Change(int month, Episode? episode, Action<ReferralFunnel> change)
    {
        var key = (month, episode?.Reason ?? 0, episode?.Source ?? 0);
        var cell = _cells.CellOf(key);
        change(cell);
        if (cell.IsEmpty)
        {
            _cells.Remove(key);
        }
    }

    private static int MonthOf(int day) => MonthSet.NumberOf(DateOnly.FromDayNumber(day));
}
