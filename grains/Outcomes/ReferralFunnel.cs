using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>How long a step took: exact count and sum, and buckets from which a median is read.</summary>
public sealed class StepDays
{
    /// <summary>Upper edges of the buckets in days, inclusive; the last bucket is open.</summary>
    public static IReadOnlyList<int> Edges { get; } = [0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 60, 90, 180, 365];

    private readonly int[] _buckets = new int[Edges.Count + 1];

    public int Count { get; private set; }

    public long TotalDays { get; private set; }

    /// <summary>Mean days; null when no one took the step.</summary>
    public double? Mean => Count == 0 ? null : (double)TotalDays / Count;

    /// <summary>The upper edge of the bucket that holds the median; null when no one took the step or beyond a year.
    /// </summary>
    public int? MedianAtMost
    {
        get
        {
            var seen = 0;
            for (var i = 0; i < Edges.Count && Count > 0; i++)
            {
                seen += _buckets[i];
                if (seen * 2 >= Count)
                {
                    return Edges[i];
                }
            }
            return null;
        }
    }

    internal void Add(int days, int sign)
    {
        var bucket = 0;
        while (bucket < Edges.Count && days > Edges[bucket])
        {
            bucket++;
        }
        _buckets[bucket] += sign;
        Count += sign;
        TotalDays += sign * (long)days;
    }

    internal void Imprint(Image image)
    {
        var (count, days, buckets) = (Count, TotalDays, _buckets);
        image.Value(ref count);
        image.Value(ref days);
        image.Column(ref buckets, buckets.Length);
        (Count, TotalDays) = (count, days);
        buckets.CopyTo(_buckets, 0);
    }

    internal void Merge(StepDays other, int sign)
    {
        Count += sign * other.Count;
        TotalDays += sign * other.TotalDays;
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += sign * other._buckets[i];
        }
    }
}

/// <summary>
/// Referrals by how far they came, with days between the steps, and what became of booked meetings. Referrals count
/// where they were received, in the month of receipt; meetings in the month they were held.
/// </summary>
public sealed class ReferralFunnel
{
    private readonly int[] _reached = new int[ReferralChain.Steps];
    private readonly StepDays[] _days = [new(), new(), new(), new()];

    /// <summary>Referrals that reached at least the step.</summary>
    public int Reached(ReferralStep step) => _reached[(int)step];

    /// <summary>Days from the step before to this one; defined from <see cref="ReferralStep.Contacted"/> on.</summary>
    public StepDays DaysTo(ReferralStep step) => _days[(int)step - 1];

    public int Attended { get; internal set; }

    public int Missed { get; internal set; }

    public int Cancelled { get; internal set; }

    /// <summary>Attended of attended and missed; null when there was neither.</summary>
    public double? AttendanceRate => Attended + Missed == 0 ? null : (double)Attended / (Attended + Missed);

    internal void Add(in ReferralChain chain, int sign)
    {
        for (var step = ReferralStep.Received; step <= ReferralStep.Planned && chain.DayOf(step) != 0; step++)
        {
            _reached[(int)step] += sign;
            if (step > ReferralStep.Received)
            {
                _days[(int)step - 1].Add(chain.DayOf(step) - chain.DayOf(step - 1), sign);
            }
        }
    }

    internal void Imprint(Image image)
    {
        var (reached, attended, missed, cancelled) = (_reached, Attended, Missed, Cancelled);
        image.Column(ref reached, reached.Length);
        image.Value(ref attended);
        image.Value(ref missed);
        image.Value(ref cancelled);
        reached.CopyTo(_reached, 0);
        (Attended, Missed, Cancelled) = (attended, missed, cancelled);
        foreach (var days in _days)
        {
            days.Imprint(image);
        }
    }

    /// <summary>True when nothing is counted: received is the first step, so no step is.</summary>
    internal bool IsEmpty => _reached[0] == 0 && Attended + Missed + Cancelled == 0;

    public void Merge(ReferralFunnel other) => Merge(other, +1);

    internal void Merge(ReferralFunnel other, int sign)
    {
        for (var i = 0; i < _reached.Length; i++)
        {
            _reached[i] += sign * other._reached[i];
        }
        for (var i = 0; i < _days.Length; i++)
        {
            _days[i].Merge(other._days[i], sign);
        }
        Attended += sign * other.Attended;
        Missed += sign * other.Missed;
        Cancelled += sign * other.Cancelled;
    }
}

/// <summary>One municipality's referrals by month and reason: small cells that any period sums up.</summary>
internal sealed class FunnelTally
{
    private readonly Dictionary<(int Month, ReferralReason Reason), ReferralFunnel> _cells = [];

    public void Move(in ReferralChain before, in ReferralChain after)
    {
        if (before == after || after.Elsewhere)
        {
            return;
        }
        // A new referral leaves the old chain's count standing; a step moves the same chain.
        if (before.IsOpen && before.ReferralId == after.ReferralId)
        {
            Cell(MonthOf(before.ReceivedOn), before.Reason).Add(before, -1);
        }
        Cell(MonthOf(after.ReceivedOn), after.Reason).Add(after, +1);
    }

    /// <summary>A referral recorded after a more recent one: nothing is known of what became of it.</summary>
    public void CountReceived(ReferralReason reason, DateOnly receivedOn) =>
        Cell(MonthSet.NumberOf(receivedOn), reason)
            .Add(new ReferralChain("", reason, receivedOn.DayNumber, 0, 0, 0, 0), +1);

    /// <param name="booked">The row in which the meeting still waits for its outcome.</param>
    public void CountMeeting(IEvent happened, in CaseloadRow booked)
    {
        switch (happened)
        {
            case MeetingAttended e:
                CellOf(e.MeetingId, e.MeetingOn, booked).Attended++;
                break;
            case MeetingMissed e:
                CellOf(e.MeetingId, e.MeetingOn, booked).Missed++;
                break;
            case MeetingCancelled e:
                CellOf(e.MeetingId, e.MeetingOn, booked).Cancelled++;
                break;
        }
    }

    /// <summary>Adds all that another tally counts, or with -1 takes it back.</summary>
    public void Add(FunnelTally other, int sign)
    {
        foreach (var (key, cell) in other._cells)
        {
            var sum = _cells.CellOf(key);
            sum.Merge(cell, sign);
            if (sum.IsEmpty)
            {
                _cells.Remove(key);
            }
        }
    }

    /// <summary>Adds the cells of a period to an answer by reason.</summary>
    public void AddTo(
        Dictionary<ReferralReason, ReferralFunnel> answer, OutcomePeriod period, Func<int, StudyArm?> armIn)
    {
        foreach (var ((month, reason), cell) in _cells)
        {
            if (period.Takes(month, armIn))
            {
                answer.CellOf(reason).Merge(cell);
            }
        }
    }

    public void Imprint(Image image) => image.Entries(
        _cells, static (Image i, ref (int Month, ReferralReason Reason) key, ref ReferralFunnel cell) =>
        {
            i.Value(ref key.Month);
            i.Value(ref key.Reason);
            (cell ??= new ReferralFunnel()).Imprint(i);
        });

    private ReferralFunnel CellOf(string meetingId, DateOnly meetingOn, in CaseloadRow booked) =>
        Cell(MonthSet.NumberOf(meetingOn), booked.Meetings.FirstOrDefault(m => m.MeetingId == meetingId).Reason);

    private static int MonthOf(int day) => MonthSet.NumberOf(DateOnly.FromDayNumber(day));

    private ReferralFunnel Cell(int month, ReferralReason reason) => _cells.CellOf((month, reason));
}
