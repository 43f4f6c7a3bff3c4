namespace OsstOrleans.Grains;

/// <summary>
/// How long the personal words of an event are kept (703/2023, annex): each class has keys of its own, so the words of
/// one can end before those of another.
/// </summary>
public enum WordClass
{
    /// <summary>It has no personal words.</summary>
    None = 0,

    /// <summary>Basic data: who the client is, how the client is reached, what the client asks of the register as such.
    /// Kept until two years after death; here with the client.</summary>
    Basic = 1,

    /// <summary>Documents of the matter in which it happened: ten years from its closing.</summary>
    Matter = 2,
}

/// <summary>
/// What an event says about itself once: the name it is stored under, what it is about, whether it can be marked as
/// recorded in error, and whether it tells of persons. The catalogue, the timeline, the rules of corrections and
/// receivers read it here.
/// </summary>
/// <param name="name">
/// <c>kind.what-happened</c>. A name once written to a log is read for ever: it never changes and never disappears
/// (golden file <c>tests/Grains/Golden/event-names.txt</c>).
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    /// <summary>An event of a client, which has a place on the client's timeline.</summary>
    public StoredAsAttribute(string name, TimelineKind kind)
        : this(name) => Kind = kind;

    /// <summary>The stored name.</summary>
    public string Name => name;

    /// <summary>What the event is about; <see cref="TimelineKind.Unknown"/> where it is not a client's.</summary>
    public TimelineKind Kind { get; } = TimelineKind.Unknown;

    internal bool IsOfClient => Kind != TimelineKind.Unknown;

    /// <summary>
    /// True when the entry can be marked as recorded in error. Not so the registration and moves (they decide whose
    /// register it is), nor what the same command puts right when it is sent again (worker, benefit months), nor what
    /// has its own way back (consent, closing).
    /// </summary>
    public bool Correctable { get; init; }

    /// <summary>How long its personal words are kept. Every event with <see cref="PersonalText"/> says it.</summary>
    public WordClass Words { get; init; }

    /// <summary>True when the event is the register's own matter: no receiver gets it.</summary>
    public bool StaysInside { get; init; }

    /// <summary>True when the event is about the client's asking after those who used the data: only who answers such
    /// questions reads it, and not those about whom they are.</summary>
    public bool IsOfLogs { get; init; }

    /// <summary>
    /// True when any receiver may have the event: it names no person, and tells no count of persons that only the
    /// register's own staff see exactly (small cells). An event that does not say so tells of persons: it goes only
    /// where its register's coordinator lets it.
    /// </summary>
    public bool TellsOfNoPerson { get; init; }
}
