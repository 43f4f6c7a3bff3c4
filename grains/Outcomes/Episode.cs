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

    /// <summary>
    /// All episodes of a course in order. A step counts for the referral that it names; one that names none, for the
    /// latest that had arrived by its day and was not left without investigation.
    /// </summary>
    public static EpisodeBook Of(Course course)
    {
        var book = new EpisodeBook();
        foreach (var mark in course.Marks)
        {
            if (mark.Kind is MarkKind.Referral)
            {
                var known = book.All.FirstOrDefault(it => it.Source == (ReferralSource)mark.Value
                    && it.Reason == (ReferralReason)mark.Code
                    && DateOnly.FromDayNumber(mark.Day) < it._merges);
                book.Add(mark.Id, known ?? new Episode(mark), isNew: known is null);
            }
            else if (mark.Kind is MarkKind.Booked)
            {
                book.AddBooking(mark);
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
            book.Answered(mark)?.Take(mark);
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

    public void AddBooking(in CourseMark booking) => _bookings.TryAdd(booking.Id, booking);

    public Episode? Named(int referral) => _named.GetValueOrDefault(referral);

    /// <summary>The episode that a mark answers; null for one that answers none.</summary>
    public Episode? Answered(in CourseMark mark) => mark.Kind switch
    {
        MarkKind.Attended or MarkKind.Missed or MarkKind.Cancelled => MetFor(mark),
        MarkKind.Registered or MarkKind.Contacted or MarkKind.Reached or MarkKind.Unreached or MarkKind.Booked
            or MarkKind.Assessed or MarkKind.Plan =>
            mark.Of != 0 ? Named(mark.Of) : LatestBy(mark.Day),
        _ => null,
    };

    /// <summary>A meeting is for the referral for which it was booked.</summary>
    public Episode? MetFor(in CourseMark meeting) =>
        !_bookings.TryGetValue(meeting.Id, out var booked) ? LatestBy(meeting.Day)
        : booked.Of != 0 ? Named(booked.Of)
        : LatestBy(booked.Day);

    private Episode? LatestBy(int day)
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].ReceivedOn <= day && _all[i].NotInvestigatedOn == 0)
            {
                return _all[i];
            }
        }
        return null;
    }
}
