using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// When a round ends, and outsiders get new figures: with the last event of a day of recording, and after many events.
/// It follows from the log alone and not from a process's clock, so all processes release the same.
/// </summary>
public sealed class ReleaseRounds
{
    /// <summary>
    /// A round has at most so many events. They are many more than it takes to move every figure of a municipality, so
    /// that a change of some figures says nothing of the others.
    /// </summary>
    public const int Events = 256;

    private DateOnly _day;
    private int _events;

    /// <summary>The day of the round: the latest on which anything was recorded.</summary>
    public DateOnly Day => _day;

    /// <summary>True when the round has ended before an event that was recorded on a day.</summary>
    public bool EndsBefore(DateOnly recordedOn) => _events > 0 && recordedOn > _day;

    /// <summary>Takes an event into the round; true when it ends with it.</summary>
    public bool EndsWith(DateOnly recordedOn)
    {
        _day = recordedOn > _day ? recordedOn : _day;
        return ++_events >= Events;
    }

    /// <summary>Begins the next one.</summary>
    public void Begin() => _events = 0;

    /// <summary>Written, or read.</summary>
    public void Imprint(Image image)
    {
        image.Value(ref _day);
        image.Value(ref _events);
    }
}
