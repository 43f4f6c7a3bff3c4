using System.Runtime.InteropServices;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>What a mark of a course says. The numbers are only in memory and in images of it.</summary>
internal enum MarkKind : byte
{
    /// <summary>The client lives in a municipality from that day on; <c>Code</c> is its number, and <c>Id</c> and
    /// <c>Of</c> are the place in the log where it was recorded. <c>Value</c> is <see cref="CourseMark.Successor"/>
    /// where it took the place of the one before: the client did not move.</summary>
    Home = 1,

    /// <summary>A referral arrived; <c>Value</c> is the source, <c>Code</c> the reason.</summary>
    Referral = 2,
    NotInvestigated = 3,
    Registered = 4,
    Contacted = 5,
    Reached = 6,
    Unreached = 7,

    /// <summary>A meeting was agreed on that day.</summary>
    Booked = 8,

    /// <summary>The day is the meeting's; <c>Code</c> is its minutes, 0 where they were not recorded.</summary>
    Attended = 9,
    Missed = 10,
    Cancelled = 11,
    Assessed = 12,

    /// <summary>A plan was made; <c>Value</c> is 1 when it was filled together with the client, <c>Code</c> the days
    /// to the agreed review, 0 where none was agreed.</summary>
    Plan = 13,

    /// <summary><c>Code</c> is the goal's number, <c>Value</c> its scale.</summary>
    PlanGoal = 14,
    PlanMethod = 15,

    /// <summary>A plan was reviewed; <c>Value</c> and <c>Code</c> as for <see cref="Plan"/>.</summary>
    Review = 16,

    /// <summary><c>Code</c> is the goal's number, <c>Value</c> its attainment.</summary>
    ReviewGoal = 17,

    /// <summary><c>Code</c> is the method's number, <c>Value</c> whether it was used.</summary>
    ReviewMethod = 18,

    /// <summary><c>Value</c> is the reason; the place in the log as for <see cref="Home"/>.</summary>
    Closed = 19,

    /// <summary>The place in the log as for <see cref="Home"/>; <c>Value</c> is <see cref="CourseMark.NewMatter"/>
    /// where a new matter began, and the closed one stays closed.</summary>
    Reopened = 20,

    /// <summary>A reminder of a meeting was delivered; the day is the meeting's.</summary>
    Reminded = 33,

    /// <summary>A measure was answered; <c>Code</c> is the score in tenths of a point, -1 without one, <c>Value</c> the
    /// number of the measure's version; the place in the log as for <see cref="Home"/>.</summary>
    Answered = 31,

    /// <summary>The consent to keep such answers ended; the place in the log as for <see cref="Home"/>.</summary>
    AnswersWithdrawn = 32,

    /// <summary>A contact with the client took time: <c>Code</c> is its minutes. The place in the log as for
    /// <see cref="Home"/>.</summary>
    ContactTime = 21,

    /// <summary><c>Code</c> is a planned service's number.</summary>
    PlanService = 22,

    /// <summary><c>Code</c> is a service's number, <c>Value</c> whether it was used.</summary>
    ReviewService = 23,

    /// <summary>Work, study or a service towards them begins on that day; <c>Code</c> is the kind.</summary>
    Began = 24,

    /// <summary>The client was erased: no line can come any more. <c>Value</c> is the reason; the place in the log as
    /// for <see cref="Home"/>.</summary>
    Erased = 34,

    /// <summary>A duplicate was merged into the client; the place in the log as for <see cref="Home"/>.</summary>
    Absorbed = 35,
}

/// <summary>One thing that happened to a client, as small numbers. A course is the set of its marks.</summary>
/// <param name="Day">The day it happened.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">Which referral, meeting or plan it is: a hash of the identifier, unique within a client.</param>
/// <param name="Of">The referral that it names; 0 when it names none.</param>
/// <param name="Code">A number that depends on the kind.</param>
/// <param name="Value">Another one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CourseMark(int Day, MarkKind Kind, int Id, int Of, short Code, byte Value)
    : IComparable<CourseMark>
{
    /// <summary>Of a reopening: a new matter began.</summary>
    public const byte NewMatter = 1;

    /// <summary>Of a home: the municipality into which the one before was merged.</summary>
    public const byte Successor = 1;

    private const int LowBits = 31;

    /// <summary>For homes, closings, reopenings, erasures, merges and answers to measures: where in the log it was
    /// recorded.</summary>
    public long Position => ((long)Id << LowBits) | (uint)Of;

    /// <summary>One that keeps its place in the log.</summary>
    public static CourseMark At(long position, int day, MarkKind kind, short code = 0, byte value = 0) => new(
        day, kind, (int)(position >> LowBits), (int)(position & int.MaxValue), code, value);

    /// <summary>A hash of an identifier that is the same in every process; never 0.</summary>
    public static int IdOf(string? identifier)
    {
        if (identifier is null)
        {
            return 0;
        }
        const uint Offset = 2_166_136_261;
        const uint Prime = 16_777_619; // FNV-1a: identifiers are short, and compared within one client alone.
        var hash = Offset;
        foreach (var letter in identifier)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }
        return hash == 0 ? 1 : unchecked((int)hash);
    }

    /// <summary>By day, then by what and which: two courses with the same marks read alike, whatever the order of
    /// recording was.</summary>
    public int CompareTo(CourseMark other) =>
        Day != other.Day ? Day.CompareTo(other.Day)
        : Kind != other.Kind ? Kind.CompareTo(other.Kind)
        : Id != other.Id ? Id.CompareTo(other.Id)
        : Of != other.Of ? Of.CompareTo(other.Of)
        : Code != other.Code ? Code.CompareTo(other.Code)
        : Value.CompareTo(other.Value);
}
