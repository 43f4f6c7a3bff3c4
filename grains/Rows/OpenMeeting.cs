using System.Collections.Immutable;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Rows;

/// <summary>A booked meeting whose outcome is not recorded yet.</summary>
/// <param name="Reason">Why the client was referred when it was booked: attendance is counted by it.</param>
public readonly record struct OpenMeeting(string MeetingId, int Day, ReferralReason Reason)
{
    internal static void Imprint(Image image, ref ImmutableArray<OpenMeeting> meetings) =>
        image.List(ref meetings, static (i, meeting) => meeting.Imprint(i));

    private OpenMeeting Imprint(Image image)
    {
        var (id, day, reason) = this;
        image.Name(ref id);
        image.Value(ref day);
        image.Value(ref reason);
        return new OpenMeeting(id, day, reason);
    }
}
