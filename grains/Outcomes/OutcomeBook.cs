using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// The outcome statistics of some clients, folded from their events: each client's course, and the sums of all courses
/// by the municipality where things happened. A change of a course takes its old form out of the sums and adds the new
/// one, so late and corrected entries move every figure exactly. Not thread-safe.
/// </summary>
public sealed class OutcomeBook
{
    /// <summary>So many courses are kept open before they are packed.</summary>
    private const int MostOpen = 20_000;

    private readonly CourseNames _names = new();
    private readonly PackedCourses _packed = new();
    private readonly Dictionary<Guid, Course> _open = [];
    private readonly Dictionary<Guid, Course> _counted = [];
    private readonly Dictionary<string, MunicipalityOutcomes> _parts = new(StringComparer.Ordinal);
    private readonly List<(string Municipality, IEvent Happened, long Position)> _own = [];
    private long _lastKnown;

    /// <summary>The municipalities of which something is counted.</summary>
    public IEnumerable<string> Codes => _parts.Keys;

    /// <summary>A municipality's sums as of the last settling; null when nothing is counted.</summary>
    public MunicipalityOutcomes? Of(string municipality) => _parts.GetValueOrDefault(municipality);

    /// <summary>Takes in a client's next event. Sums move when it is settled.</summary>
    /// <param name="client">The client's key.</param>
    /// <param name="happened">The event.</param>
    /// <param name="occurredOn">The day it happened.</param>
    /// <param name="position">Its place in the log.</param>
    public void Apply(string client, IEvent happened, DateOnly occurredOn, long position)
    {
        var (key, before) = Open(client);
        _open[key] = CourseFold.After(before, happened, occurredOn.DayNumber, position, _names);
    }

    /// <summary>Takes in an event of a municipality: what was said of its registers.</summary>
    public void ApplyOwn(string municipality, IEvent happened, long position)
    {
        _own.Add((municipality, happened, position));
        _own.AddRange(Successions.Of(municipality, happened).Select(it => (it.Municipality, it.Happened, position)));
    }

    /// <summary>A client's history reads differently than before: the course is folded again.</summary>
    public void Replace(string client, IReadOnlyList<PastEvent> past)
    {
        var (key, _) = Open(client);
        _open[key] = Course.Of(past, _names);
    }

    /// <summary>Moves the sums to what the courses say now.</summary>
    public void Settle()
    {
        if (_own.Exists(it => it.Position < _lastKnown && !Knows(it.Municipality, it.Position)))
        {
            Recount();
        }
        TakeOwn();
        foreach (var (client, before) in _counted)
        {
            var after = _open[client];
            if (!ReferenceEquals(before, after))
            {
                Count(before, -1);
                Count(after, +1);
            }
        }
        _counted.Clear();
        if (_open.Count > MostOpen)
        {
            Pack();
        }
    }

    /// <summary>All of it, written or read; to be called when settled.</summary>
    [System.Runtime.CompilerServices.MethodImpl(StartPath.Optimized)]
    public void Imprint(Image image)
    {
        if (!image.Reads)
        {
            Pack();
        }
        _names.Imprint(image);
        _packed.Imprint(image);
        image.Value(ref _lastKnown);
        ImprintSums(image);
    }

    /// <summary>The sums alone, written or read.</summary>
    public void ImprintSums(Image image) => image.Entries(
        _parts, static (Image i, ref string code, ref MunicipalityOutcomes part) =>
        {
            i.Name(ref code);
            (part ??= new MunicipalityOutcomes()).Imprint(i);
        });

    /// <summary>Which of so many books a client belongs to; the same in every process.</summary>
    public static int ShareOf(string client, int books) =>
        (int)(unchecked((uint)CourseMark.IdOf(client)) % (uint)books);

    /// <summary>Everything counted, as lines that do not depend on the order of folding.</summary>
    public IEnumerable<string> Lines() => _parts.SelectMany(part => part.Value.Lines().Select(line =>
        $"{part.Key}: {line}")).Order(StringComparer.Ordinal);

    private (Guid Key, Course Course) Open(string client)
    {
        var key = StableId.Guid(client);
        if (!_open.TryGetValue(key, out var course))
        {
            course = _packed.Find(key) ?? Course.Empty;
        }
        _counted.TryAdd(key, course);
        return (key, course);
    }

    /// <summary>
    /// A fact of coverage that is older than a client's coming moves the client to other cells. A log that is read in
    /// its order never does that; one whose streams are read one after the other does.
    /// </summary>
    private void Recount()
    {
        foreach (var course in All(_counted))
        {
            Count(course, -1);
        }
        TakeOwn();
        foreach (var course in All(_open))
        {
            Count(course, +1);
        }
        _counted.Clear();
    }

    /// <summary>Each client's course: the one given, else the open one, else the packed one.</summary>
    private IEnumerable<Course> All(Dictionary<Guid, Course> first) =>
    [
        .. first.Values,
        .. _open.Where(it => !first.ContainsKey(it.Key)).Select(it => it.Value),
        .. _packed.All.Where(it => !first.ContainsKey(it.Client) && !_open.ContainsKey(it.Client))
            .Select(it => it.Course),
    ];

    private bool Knows(string municipality, long position) =>
        _parts.GetValueOrDefault(municipality)?.Coverage.Has(position) == true;

    private void TakeOwn()
    {
        foreach (var (municipality, happened, position) in _own)
        {
            _parts.CellOf(municipality).Take(happened, position);
        }
        _own.Clear();
    }

    private void Pack()
    {
        _packed.Take(_open);
        _open.Clear();
    }

    private void Count(Course course, int sign)
    {
        if (!course.IsCounted)
        {
            return;
        }
        var episodes = Episode.Of(course);
        foreach (var episode in episodes.All)
        {
            PartOf(course.HomeOn(episode.ReceivedOn))?.Add(episode, sign);
        }
        foreach (var turn in CourseTrend.Turns(course))
        {
            PartOf(turn.Municipality)?.Add(turn, sign);
        }
        foreach (var mark in course.Marks)
        {
            if (CourseTrend.MeasureOf(mark) is { } measure)
            {
                PartOf(course.HomeOn(mark.Day))?.Add(mark.Day, measure, sign);
            }
            if (CourseTrend.RemindedMeasureOf(course, mark) is { } reminded)
            {
                PartOf(course.HomeOn(mark.Day))?.Add(mark.Day, reminded, sign);
            }
            if (mark.Kind is MarkKind.Attended or MarkKind.Missed or MarkKind.Cancelled)
            {
                PartOf(course.HomeOn(mark.Day))?.AddMeeting(mark, episodes.MetFor(mark), sign);
            }
        }
        if (FollowUp.Of(course) is { } follow)
        {
            _lastKnown = Math.Max(_lastKnown, follow.KnownAt == long.MaxValue ? 0 : follow.KnownAt);
            _lastKnown = Math.Max(_lastKnown, follow.ErasedAt ?? 0);
            PartOf(follow.Home)?.Add(follow, IndexAnswer.Of(course, episodes), sign);
            if (episodes.Named(follow.Referral) is { } referral)
            {
                foreach (var wait in ChainTimes.Of(course, follow, referral))
                {
                    PartOf(follow.Home)?.Add(wait, sign);
                }
            }
        }
        foreach (var answers in InclusionChange.Of(course))
        {
            PartOf(course.HomeOn(answers.FirstDay))?.Add(answers, course.AgeIn(answers.FirstDay), sign);
        }
        if (PlanEpisode.Of(course) is { } plans)
        {
            PartOf(course.HomeOn(plans.FirstDay))?.Add(plans, _names, sign);
        }
    }

    /// <summary>Null for a client of whom no registration is known: such a history is damaged.</summary>
    private MunicipalityOutcomes? PartOf(int municipality) =>
        municipality < 0 ? null : _parts.CellOf(_names.Municipalities[municipality]);
}
