using System.Collections.Immutable;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// What the outcome statistics need of one client, wherever the client lives: codes, days and months on assistance. It
/// is a set of marks, so the order in which things were recorded changes nothing.
/// </summary>
internal sealed record Course
{
    public static Course Empty { get; } = new();

    public int BirthYear { get; init; }

    /// <summary>Merged into another client, who took over the referrals: counts nowhere.</summary>
    public bool Merged { get; init; }

    /// <summary>False for a duplicate, and for who should never have been registered: they count nowhere.</summary>
    public bool IsCounted => !Merged && !Marks.IsEmpty && !Marks.Any(mark =>
        mark is { Kind: MarkKind.Erased, Value: (byte)ErasureReason.RegisteredInError });

    /// <summary>Months with paid social assistance.</summary>
    public LongMonths Months { get; init; }

    /// <summary>In order.</summary>
    public ImmutableArray<CourseMark> Marks { get; init; } = [];

    /// <summary>The course of a whole history, of which only what stands counts.</summary>
    public static Course Of(IReadOnlyList<PastEvent> past, CourseNames names) =>
        History.Standing(past).Aggregate(Empty, (course, entry) => entry.Happened is { } happened
            ? CourseFold.After(course, happened, entry.OccurredOn.DayNumber, entry.Position, names)
            : course);

    /// <summary>The course with some marks more; a mark that it has already is one.</summary>
    public Course With(params ReadOnlySpan<CourseMark> more)
    {
        var marks = Marks;
        foreach (var mark in more)
        {
            var place = marks.BinarySearch(mark);
            marks = place < 0 ? marks.Insert(~place, mark) : marks;
        }
        return this with { Marks = marks };
    }

    /// <summary>The municipality's number in which the client lived on a day; the first one before that.</summary>
    public int HomeOn(int day)
    {
        var home = -1;
        foreach (var mark in Marks)
        {
            if (mark.Kind is MarkKind.Home && (home < 0 || mark.Day <= day))
            {
                home = mark.Code;
            }
        }
        return home;
    }

    /// <summary>The age group in the year of a day.</summary>
    public AgeGroup AgeIn(int day) => (DateOnly.FromDayNumber(day).Year - BirthYear) switch
    {
        < 25 => AgeGroup.Under25,
        < 55 => AgeGroup.From25To54,
        _ => AgeGroup.From55,
    };

    /// <summary>Closings and reopenings as they were recorded: the last says whether the matter is open.</summary>
    public IEnumerable<CourseMark> Matter() => Marks
        .Where(mark => mark.Kind is MarkKind.Closed or MarkKind.Reopened).OrderBy(mark => mark.Position);

    /// <summary>Closings that were not taken back: the same matter that goes on had been closed too early, while a new
    /// one leaves the closed one closed.</summary>
    public IReadOnlyList<CourseMark> Closings()
    {
        var (standing, last) = (new List<CourseMark>(), new List<CourseMark>());
        foreach (var mark in Matter())
        {
            if (mark.Kind is MarkKind.Closed)
            {
                last.Add(mark);
                continue;
            }
            if (mark.Value == CourseMark.NewMatter)
            {
                standing.AddRange(last);
            }
            last.Clear();
        }
        return [.. standing, .. last];
    }

    /// <summary>
    /// Where in the log a municipality came to know all of the client as its own: what was known of a duplicate, it
    /// knows by the merge.
    /// </summary>
    public long KnownTo(int municipality)
    {
        var (known, merged) = (long.MaxValue, 0L);
        foreach (var mark in Marks)
        {
            if (mark.Kind is MarkKind.Home && mark.Code == municipality)
            {
                known = Math.Min(known, mark.Position);
            }
            else if (mark.Kind is MarkKind.Absorbed)
            {
                merged = Math.Max(merged, mark.Position);
            }
        }
        return Math.Max(known, merged);
    }

    /// <summary>Where in the log the client was erased, so that no line could come any more; null when never.</summary>
    public long? ErasedAt()
    {
        foreach (var mark in Marks)
        {
            if (mark.Kind is MarkKind.Erased)
            {
                return mark.Position;
            }
        }
        return null;
    }

    /// <summary>
    /// The first Kela referral: where the evaluation begins to follow the client; null without one. Of several on one
    /// day the reason that comes first among <see cref="ReferralReason"/>: need before a reduction.
    /// </summary>
    public CourseMark? FirstKelaReferral() => KelaReferralsOfFirstDay() is { Count: > 0 } first ? first[0] : null;

    /// <summary>All Kela referrals of the day of the first one, by reason.</summary>
    public IReadOnlyList<CourseMark> KelaReferralsOfFirstDay()
    {
        CourseMark[] all =
            [.. Marks.Where(it => it is { Kind: MarkKind.Referral, Value: (byte)ReferralSource.Kela })];
        return [.. all.Where(it => it.Day == all[0].Day).OrderBy(it => it.Code)];
    }
}
