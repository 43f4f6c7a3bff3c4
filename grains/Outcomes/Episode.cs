using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// One episode of being referred: a referral, with repeated notices of the same source and reason within a month of
/// its first, and what answered it. Days are numbers; 0 is not yet.
/// </summary>
internal sealed class Episode
{
    private readonly DateOnly _merges;

    private Episode(in CourseMark referral)
    {
        Source = (ReferralSource)referral.Value;
        Chain = new ReferralChain("", (ReferralReason)referral.Code, referral.Day, 0, 0, 0, 0);
        _merges = DateOnly.FromDayNumber(referral.Day).AddMonths(1);
    }

    public ReferralSource Source { get; }

    public ReferralReason Reason => Chain.Reason;

    public int ReceivedOn => Chain.ReceivedOn;

    /// <summary>The main steps: a step reached fills those before it.</summary>
    public ReferralChain Chain { get; private set; }

    public int NotInvestigatedOn { get; private set; }

    public int RegisteredOn { get; private set; }

    public int ReachedOn { get; private set; }

    public int UnreachedOn { get; private set; }

    public int BookedOn { get; private set; }

    /// <summary>The first attended meeting of this episode.</summary>
    public int AttendedOn { get; private set; }

    /// <summary>True when it had arrived by a day, and was not left without investigation.</summary>
    public bool IsHereOn(int day) => ReceivedOn <= day && NotInvestigatedOn == 0;

    /// <summary>
    /// All episodes of a course in order. A step counts for the referral that it names. A meeting that names none
    /// counts for the earliest of the last 90 days that was still open when it was booked, not met, not closed and not
    /// left without investigation: a second notice does not take it from the first. An assessment or a plan counts
    /// for the earliest whose client was met and that lacks it; any other step, and what finds none of these, for the
    /// latest that had arrived by its day.
    /// </summary>
    public static EpisodeBook Of(Course course)
    {
        var (book, closings) = (new EpisodeBook(), course.Closings());
        // Of one day in a fixed order, which no identifier decides.
        foreach (var mark in course.Marks.OrderBy(it => it.Day).ThenBy(it => it.Value).ThenBy(it => it.Code))
        {
            if (mark.Kind is MarkKind.Referral)
            {
                var known = book.All.FirstOrDefault(it => it.Source == (ReferralSource)mark.Value
                    && it.Reason == (ReferralReason)mark.Code
                    && DateOnly.FromDayNumber(mark.Day) < it._merges);
                book.Add(mark.Id, known ?? new Episode(mark), isNew: known is null);
            }
            else if (mark.Kind is MarkKind.Booked || closings.Contains(mark))
            {
                book.Know(mark);
            }
        }
        foreach (var mark in course.Marks)
        {
            if (mark.Kind is MarkKind.NotInvestigated && book.Named(mark.Of) is { } left)
            {
                left.NotInvestigatedOn = Earliest(left.NotInvestigatedOn, mark.Day);
            }
        }
        foreach (var mark in course.Marks)
        {
            var episode = book.Answered(mark);
            book.Note(mark, episode);
            episode?.Take(mark);
        }
        return book;
    }

    private void Take(in CourseMark mark)
    {
        if (mark.Day < ReceivedOn)
        {
            return; // What happened before the referral arrived is no answer to it.
        }
        switch (mark.Kind)
        {
            case MarkKind.Registered:
                RegisteredOn = Earliest(RegisteredOn, mark.Day);
                break;
            case MarkKind.Unreached:
                UnreachedOn = Earliest(UnreachedOn, mark.Day);
                break;
            case MarkKind.Contacted:
                Chain = Chain.After(ReferralStep.Contacted, mark.Day);
                break;
            case MarkKind.Reached:
                ReachedOn = Earliest(ReachedOn, mark.Day);
                break;
            case MarkKind.Booked:
                BookedOn = Earliest(BookedOn, mark.Day);
                break;
            case MarkKind.Attended:
                AttendedOn = Earliest(AttendedOn, mark.Day);
                Chain = Chain.After(ReferralStep.Met, mark.Day);
                break;
            case MarkKind.Assessed:
                Chain = Chain.After(ReferralStep.Assessed, mark.Day);
                break;
            case MarkKind.Plan:
                Chain = Chain.After(ReferralStep.Planned, mark.Day);
                break;
        }
    }

    private static int Earliest(int known, int day) => known == 0 ? day : Math.Min(known, day);
}

/// <summary>The episodes of one course, and which of them a step answers.</summary>
internal sealed class EpisodeBook
{
    private readonly List<Episode> _all = [];
    private readonly Dictionary<int, Episode> _named = [];
    private readonly Dictionary<int, CourseMark> _bookings = [];
    private readonly List<int> _closings = [];
    private readonly Dictionary<CourseMark, Episode?> _meetings = [];

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<Episode> All => _all;

    public void Add(int referral, Episode episode, bool isNew)
    {
        _named.TryAdd(referral, episode);
        if (isNew)
        {
            _all.Add(episode);
        }
    }

    /// <summary>Takes in which meetings were booked when, and when the matter was closed.</summary>
    public void Know(in CourseMark mark)
    {
        if (mark.Kind is MarkKind.Closed)
        {
            _closings.Add(mark.Day);
        }
        else
        {
            _bookings.TryAdd(mark.Id, mark);
        }
    }

    public Episode? Named(int referral) => _named.GetValueOrDefault(referral);

    /// <summary>The episode that a mark answers, by those before it; null for one that answers none.</summary>
    public Episode? Answered(in CourseMark mark) => mark.Kind switch
    {
        MarkKind.Attended or MarkKind.Missed or MarkKind.Cancelled => ForMeeting(mark),
        MarkKind.Booked => ForBooking(mark),
        MarkKind.Assessed or MarkKind.Plan => mark.Of != 0 ? Named(mark.Of) : MetBy(mark),
        MarkKind.Registered or MarkKind.Contacted or MarkKind.Reached or MarkKind.Unreached =>
            mark.Of != 0 ? Named(mark.Of) : LatestBy(mark.Day),
        _ => null,
    };

    /// <summary>Remembers which episode a meeting was for.</summary>
    public void Note(in CourseMark mark, Episode? episode)
    {
        if (mark.Kind is MarkKind.Attended or MarkKind.Missed or MarkKind.Cancelled)
        {
            _meetings[mark] = episode;
        }
    }

    /// <summary>The episode of a meeting; null for one of a client without a referral.</summary>
    public Episode? MetFor(in CourseMark meeting) => _meetings.GetValueOrDefault(meeting);

    /// <summary>A meeting is for the referral for which it was booked.</summary>
    private Episode? ForMeeting(in CourseMark meeting) =>
        _bookings.TryGetValue(meeting.Id, out var booked) ? ForBooking(booked) : OpenOn(meeting.Day);

    private Episode? ForBooking(in CourseMark booking) =>
        booking.Of != 0 ? Named(booking.Of) : OpenOn(booking.Day);

    /// <summary>The earliest of the last 90 days whose client was not met, and whose matter was not closed, before
    /// that day.</summary>
    private Episode? OpenOn(int day) => _all.Find(it => it.IsHereOn(day)
        && day - it.ReceivedOn <= FollowUp.AttendanceDays
        && (it.AttendedOn == 0 || it.AttendedOn >= day)
        && !_closings.Exists(closed => closed >= it.ReceivedOn && closed < day)) ?? LatestBy(day);

    private Episode? MetBy(CourseMark mark) => _all.Find(it => it.IsHereOn(mark.Day)
        && it.AttendedOn != 0 && it.AttendedOn <= mark.Day
        && it.Chain.DayOf(mark.Kind is MarkKind.Plan ? ReferralStep.Planned : ReferralStep.Assessed) == 0)
        ?? LatestBy(mark.Day);

    private Episode? LatestBy(int day) => _all.FindLast(it => it.IsHereOn(day));
}
