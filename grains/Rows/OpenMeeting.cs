using System.Collections.Immutable;

namespace OsstOrleans.Grains.Rows;

/// <summary>A booked meeting whose outcome is not recorded yet.</summary>
public readonly record struct OpenMeeting(string MeetingId, int Day)
{
    internal static void Imprint(Image image, ref ImmutableArray<OpenMeeting> meetings) =>
        image.List(ref meetings, static (i, meeting) => meeting.Imprint(i));

    private OpenMeeting Imprint(Image image)
    {
        var (id, day) = this;
        image.Name(ref id);
        image.Value(ref day);
        return new OpenMeeting(id, day);
    }
}
