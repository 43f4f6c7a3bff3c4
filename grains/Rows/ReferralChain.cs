using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Rows;

/// <summary>The steps of the referral chain, in order.</summary>
public enum ReferralStep
{
    Received = 0,
    Contacted = 1,
    Met = 2,
    Assessed = 3,
    Planned = 4,
}

/// <summary>
/// One referral's way from Kela's notification to a plan, as day numbers (0: not yet). A step reached fills the steps
/// before it: a client who came without being contacted counts as contacted that day.
/// </summary>
public readonly record struct ReferralChain(
    string? ReferralId, ReferralReason Reason, int ReceivedOn, int ContactedOn, int MetOn, int AssessedOn,
    int PlannedOn)
{
    public const int Steps = 5;

    public bool IsOpen => ReferralId is not null;

    public int DayOf(ReferralStep step) => step switch
    {
        ReferralStep.Received => ReceivedOn,
        ReferralStep.Contacted => ContactedOn,
        ReferralStep.Met => MetOn,
        ReferralStep.Assessed => AssessedOn,
        ReferralStep.Planned => PlannedOn,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Nothing says when this step was taken."),
    };

    /// <summary>
    /// The chain after a step on a day, whatever the order of recording: each step has the earliest day by which it, or
    /// a later one, was taken. Unchanged when there is no referral, or when it had not been received yet on that day.
    /// </summary>
    public ReferralChain After(ReferralStep step, int day) => !IsOpen || day < ReceivedOn ? this : this with
    {
        ContactedOn = Earliest(ContactedOn, day),
        MetOn = step >= ReferralStep.Met ? Earliest(MetOn, day) : MetOn,
        AssessedOn = step >= ReferralStep.Assessed ? Earliest(AssessedOn, day) : AssessedOn,
        PlannedOn = step >= ReferralStep.Planned ? Earliest(PlannedOn, day) : PlannedOn,
    };

    [MethodImpl(StartPath.Optimized)]
    internal void Imprint(Image image, out ReferralChain read)
    {
        var (id, reason, received, contacted, met, assessed, planned) = this;
        image.Text(ref id);
        image.Value(ref reason);
        image.Value(ref received);
        image.Value(ref contacted);
        image.Value(ref met);
        image.Value(ref assessed);
        image.Value(ref planned);
        read = new ReferralChain(id, reason, received, contacted, met, assessed, planned);
    }

    private static int Earliest(int known, int day) => known == 0 ? day : Math.Min(known, day);
}
