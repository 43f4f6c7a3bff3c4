using System.Collections.Immutable;

namespace OsstOrleans.Grains.Rows;

/// <summary>
/// A referral for which the law sets the day by which an assessment must start (SHL 36 §), while none has been started
/// since.
/// </summary>
/// <param name="Day">Day number of the referral's arrival.</param>
public readonly record struct OwedStart(string ReferralId, int Day)
{
    internal static void Imprint(Image image, ref ImmutableArray<OwedStart> owed) =>
        image.List(ref owed, static (i, start) => start.Imprint(i));

    private OwedStart Imprint(Image image)
    {
        var (id, day) = this;
        image.Name(ref id);
        image.Value(ref day);
        return new OwedStart(id, day);
    }
}
