using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>Age in the year of the first Kela referral, as the evaluation's subgroups have it.</summary>
public enum AgeGroup : byte
{
    /// <summary>Under 25 years.</summary>
    Under25 = 1,

    /// <summary>25 to 54 years.</summary>
    From25To54 = 2,

    /// <summary>55 years or older.</summary>
    From55 = 3,
}

/// <summary>How a client's time on assistance ended.</summary>
public enum SpellEnd : byte
{
    /// <summary>Months without assistance followed: an exit.</summary>
    Exit = 1,

    /// <summary>The client died. No exit.</summary>
    Died = 2,

    /// <summary>The client moved to another municipality. No exit.</summary>
    Moved = 3,

    /// <summary>
    /// Months without assistance followed, and the matter had been closed before they were over. From then on the
    /// register records no death and no move, so it is an exit as far as is known.
    /// </summary>
    ExitAfterClosing = 4,
}

/// <summary>
/// A client followed from the first Kela referral on, by intention to treat: whatever was or was not done for the
/// client. Months are counted as <see cref="MonthSet.NumberOf(DateOnly)"/> counts them.
/// </summary>
internal sealed class FollowUp
{
    /// <summary>Months on each side of the index month.</summary>
    public const int WindowMonths = 12;

    /// <summary>An exit is so many months without assistance, at the most.</summary>
    public const int LongestGap = 3;

    /// <summary>Days within which a meeting counts as attendance of the referral.</summary>
    public const int AttendanceDays = 90;

    internal const int Never = int.MaxValue / 2;

    private readonly Course _course;

    private FollowUp(Course course, in CourseMark index)
    {
        _course = course;
        (Day, Home, Referral) = (index.Day, course.HomeOn(index.Day), index.Id);
        Month = MonthSet.NumberOf(DateOnly.FromDayNumber(index.Day));
        Reason = (ReferralReason)index.Code;
        Age = course.AgeIn(index.Day);
        (KnownAt, ErasedAt) = (course.KnownTo(Home), course.ErasedAt());
        (EndMonth, EndsBy) = EndOf(course, index.Day);
        LastingClosing = ClosedFrom(course);
        ClosedMonth = EndsBy == default ? LastingClosing : Never;
    }

    /// <summary>Which referral it is: the mark's <see cref="CourseMark.Id"/>.</summary>
    public int Referral { get; }

    /// <summary>The day of the first Kela referral.</summary>
    public int Day { get; }

    /// <summary>Its month: the index month.</summary>
    public int Month { get; }

    /// <summary>The municipality's number where the client lived then; it stays the client's for the evaluation.
    /// </summary>
    public int Home { get; }

    public ReferralReason Reason { get; }

    public AgeGroup Age { get; }

    /// <summary>Where in the log the municipality of the index came to know the client.</summary>
    public long KnownAt { get; }

    /// <summary>Where in the log the client was erased; null when never.</summary>
    public long? ErasedAt { get; }

    /// <summary>The month of death or of the first move after the index; far away when there was neither.</summary>
    public int EndMonth { get; }

    public SpellEnd EndsBy { get; }

    /// <summary>
    /// The month in which the matter was closed for good, for another reason than death or a move: what became of the
    /// client after it is not known. Far away when it is open.
    /// </summary>
    public int ClosedMonth { get; }

    /// <summary>The month in which the matter was closed for good, for whatever reason; far away when it is open.
    /// </summary>
    public int LastingClosing { get; }

    /// <summary>What is known of the client.</summary>
    public Course Course => _course;

    /// <summary>True when no death or move could be recorded in all of the window after the index.</summary>
    public bool IsClosedInWindow => ClosedMonth <= Month + WindowMonths;

    /// <summary>False when the months kept of this client do not reach back to the window before the index.</summary>
    public bool IsReadable => _course.Months.Reaches(Month - WindowMonths);

    public bool IsOnAssistance => _course.Months.Has(Month);

    /// <summary>On assistance so many months after the index month, or before it when negative.</summary>
    public bool IsOn(int month) => _course.Months.Has(Month + month);

    public int MonthsBefore => _course.Months.CountBetween(Month - WindowMonths, Month);

    public int MonthsAfter => _course.Months.CountBetween(Month + 1, Month + 1 + WindowMonths);

    /// <summary>True when the client died or moved within the window after the index.</summary>
    public bool EndsInWindow => EndMonth <= Month + WindowMonths;

    /// <summary>Null for a client without a Kela referral.</summary>
    public static FollowUp? Of(Course course) =>
        course.FirstKelaReferral() is { } index ? new FollowUp(course, index) : null;

    /// <summary>
    /// Months from the index to the end of assistance, and how it ended, as if every month were covered: the first of
    /// <paramref name="gap"/> months without assistance, unless the client died or moved before they were over. Where
    /// coverage ends, the question cuts.
    /// </summary>
    public (int Months, SpellEnd End) End(int gap)
    {
        var exit = Month + 1;
        for (var free = 0; free < gap;)
        {
            free = _course.Months.Has(exit + free) ? 0 : free + 1;
            exit += free == 0 ? 1 : 0;
        }
        var last = exit + gap - 1;
        return last >= EndMonth ? (Math.Max(1, EndMonth - Month), EndsBy)
            : (exit - Month, last < ClosedMonth ? SpellEnd.Exit : SpellEnd.ExitAfterClosing);
    }

    /// <summary>
    /// A death, or the first move: to another municipality, or away with the closing. A closing that the same matter's
    /// reopening took back never was. A new matter takes a death back, for the client lives; it takes a move back only
    /// on the same day, because later the client has come back. The first home is no move: a survivor of a merge has
    /// referrals older than the own registration; nor are the homes of the index day itself, of which the last one is
    /// the index's, and those in a municipality that took the place of the one before.
    /// </summary>
    private static (int Month, SpellEnd By) EndOf(Course course, int indexDay)
    {
        var (home, closings) = (course.HomeOn(indexDay), course.Closings());
        foreach (var mark in course.Marks.Where(mark => mark.Day >= indexDay))
        {
            if (mark is { Kind: MarkKind.Home, Value: CourseMark.Successor } && mark.Day > indexDay)
            {
                home = mark.Code;
            }
            var by = mark switch
            {
                { Kind: MarkKind.Closed } when !closings.Contains(mark) => default,
                { Kind: MarkKind.Closed, Value: (byte)ClosingReason.Died }
                    when !IsReopened(course, mark, int.MaxValue) => SpellEnd.Died,
                { Kind: MarkKind.Closed, Value: (byte)ClosingReason.MovedAway }
                    when !IsReopened(course, mark, mark.Day) => SpellEnd.Moved,
                { Kind: MarkKind.Home } when mark.Day > indexDay && mark.Code != home => SpellEnd.Moved,
                _ => default,
            };
            if (by != default)
            {
                return (MonthOf(mark), by);
            }
        }
        return (Never, default);
    }

    private static int ClosedFrom(Course course)
    {
        var last = course.Matter().LastOrDefault();
        return last.Kind is MarkKind.Closed ? MonthOf(last) : Never;
    }

    private static bool IsReopened(Course course, CourseMark closing, int byDay) => course.Marks.Any(mark =>
        mark.Kind is MarkKind.Reopened && mark.Position > closing.Position && mark.Day <= byDay);

    private static int MonthOf(in CourseMark mark) => MonthSet.NumberOf(DateOnly.FromDayNumber(mark.Day));
}
