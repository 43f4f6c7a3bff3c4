using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>What else becomes of a referral, beside the main steps of its chain.</summary>
public enum ReferralMoment
{
    /// <summary>The municipality assessed the notification.</summary>
    Registered = 0,

    /// <summary>The client was reached.</summary>
    Reached = 1,

    /// <summary>It was recorded that the client could not be reached.</summary>
    Unreached = 2,

    /// <summary>A meeting was agreed.</summary>
    Booked = 3,

    /// <summary>It was left without investigation.</summary>
    NotInvestigated = 4,
}

/// <summary>
/// Referrals by how far they came, with days between the steps, and what became of booked meetings. A referral counts
/// where the client lived when it was received, in the month of receipt, with repeated notices of the same source and
/// reason within a month as one; a meeting counts in the month it was held, for the referral for which it was booked.
/// </summary>
public sealed class ReferralFunnel
{
    private static readonly int Moments = Enum.GetValues<ReferralMoment>().Length;

    private readonly int[] _reached = new int[ReferralChain.Steps];
    private readonly int[] _moments = new int[Moments];
    private readonly StepDays[] _days = [new(), new(), new(), new()];

    /// <summary>Referrals that reached at least the step.</summary>
    public int Reached(ReferralStep step) => _reached[(int)step];

    /// <summary>Referrals of which this was recorded.</summary>
    public int Of(ReferralMoment moment) => _moments[(int)moment];

    /// <summary>Days from the step before to this one; defined from <see cref="ReferralStep.Contacted"/> on.</summary>
    public StepDays DaysTo(ReferralStep step) => _days[(int)step - 1];

    public int Attended { get; internal set; }

    public int Missed { get; internal set; }

    public int Cancelled { get; internal set; }

    /// <summary>Attended of attended and missed; null when there was neither.</summary>
    public double? AttendanceRate => Attended + Missed == 0 ? null : (double)Attended / (Attended + Missed);

    /// <summary>True when nothing is counted: received is the first step, so no step is.</summary>
    internal bool IsEmpty => _reached[0] == 0 && Attended + Missed + Cancelled == 0;

    public void Merge(ReferralFunnel other) => Merge(other, +1);

    internal void Add(Episode episode, int sign)
    {
        var chain = episode.Chain;
        for (var step = ReferralStep.Received; step <= ReferralStep.Planned && chain.DayOf(step) != 0; step++)
        {
            _reached[(int)step] += sign;
            if (step > ReferralStep.Received)
            {
                _days[(int)step - 1].Add(chain.DayOf(step) - chain.DayOf(step - 1), sign);
            }
        }
        ReadOnlySpan<int> days =
        [
            episode.RegisteredOn, episode.ReachedOn, episode.UnreachedOn, episode.BookedOn, episode.NotInvestigatedOn,
        ];
        for (var moment = 0; moment < Moments; moment++)
        {
            _moments[moment] += days[moment] == 0 ? 0 : sign;
        }
    }

    internal void AddMeeting(MarkKind became, int sign)
    {
        Attended += became is MarkKind.Attended ? sign : 0;
        Missed += became is MarkKind.Missed ? sign : 0;
        Cancelled += became is MarkKind.Cancelled ? sign : 0;
    }

    internal void Imprint(Image image)
    {
        var (reached, moments, attended, missed, cancelled) = (_reached, _moments, Attended, Missed, Cancelled);
        image.Column(ref reached, reached.Length);
        image.Column(ref moments, moments.Length);
        image.Value(ref attended);
        image.Value(ref missed);
        image.Value(ref cancelled);
        reached.CopyTo(_reached, 0);
        moments.CopyTo(_moments, 0);
        (Attended, Missed, Cancelled) = (attended, missed, cancelled);
        foreach (var days in _days)
        {
            days.Imprint(image);
        }
    }

    internal void Merge(ReferralFunnel other, int sign)
    {
        for (var i = 0; i < _reached.Length; i++)
        {
            _reached[i] += sign * other._reached[i];
        }
        for (var i = 0; i < _moments.Length; i++)
        {
            _moments[i] += sign * other._moments[i];
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
