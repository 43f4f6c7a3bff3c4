using System.Collections.Immutable;

namespace OsstOrleans.Grains.Rows;

/// <summary>A booked meeting whose outcome is not recorded yet.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="Day">Its day number.</param>
/// <param name="HadReminder">A reminder of it was due.</param>
public readonly record struct OpenMeeting(string MeetingId, int Day, bool HadReminder = false)
{
    internal static void Imprint(Image image, ref ImmutableArray<OpenMeeting> meetings) =>
        image.List(ref meetings, static (i, meeting) => meeting.Imprint(i));

    private OpenMeeting Imprint(Image image)
    {
        var (id, day, had) = this;
        image.Name(ref id);
        image.Value(ref day);
        image.Value(ref had);
        return new OpenMeeting(id, day, had);
    }
}
