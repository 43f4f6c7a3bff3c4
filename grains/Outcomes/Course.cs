using System.Collections.Immutable;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

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

    /// <summary>Months with paid social assistance.</summary>
    public MonthSet Months { get; init; }

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

    /// <summary>Where in the log a municipality came to know the client as its own.</summary>
    public long KnownTo(int municipality)
    {
        var known = long.MaxValue;
        foreach (var mark in Marks)
        {
            if (mark.Kind is MarkKind.Home && mark.Code == municipality)
            {
                known = Math.Min(known, mark.Position);
            }
        }
        return known;
    }

    /// <summary>The first Kela referral: where the evaluation begins to follow the client; null without one.</summary>
    public CourseMark? FirstKelaReferral()
    {
        foreach (var mark in Marks)
        {
            if (mark is { Kind: MarkKind.Referral, Value: (byte)ReferralSource.Kela })
            {
                return mark;
            }
        }
        return null;
    }
}
