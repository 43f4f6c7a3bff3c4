using System.Collections.Immutable;

namespace OsstOrleans.Grains.Rows;

/// <summary>A referral that waits: it was neither left without investigation nor followed by an assessment.</summary>
/// <param name="Day">Day number of its arrival.</param>
public readonly record struct OpenReferral(string ReferralId, int Day)
{
    internal static void Imprint(Image image, ref ImmutableArray<OpenReferral> open) =>
        image.List(ref open, static (i, referral) => referral.Imprint(i));

    private OpenReferral Imprint(Image image)
    {
        var (id, day) = this;
        image.Name(ref id);
        image.Value(ref day);
        return new OpenReferral(id, day);
    }
}
