using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// A caseload in numbers. Each municipality adds its own part, so the sum over any set of municipalities costs the
/// number of municipalities, not of clients.
/// </summary>
public sealed class CaseloadMetrics
{
    private readonly int[] _byStatus = new int[(int)CaseStatus.Closed + 1];
    private readonly int[] _byReason = new int[(int)ReferralReason.Other + 1];
    private readonly int[] _byAgeBand = new int[(int)AgeBand.Over64 + 1];
    private readonly int[] _overdue = new int[(int)OverdueKind.MeetingOutcome + 1];

    public int Clients { get; internal set; }

    public int Municipalities { get; internal set; }

    /// <summary>Clients by status; the index is the enum's number.</summary>
    public IReadOnlyList<int> ByStatus => _byStatus;

    /// <summary>Clients by the reason of their current referral; index 0 counts those without a referral.</summary>
    public IReadOnlyList<int> ByReason => _byReason;

    /// <summary>Clients by age band; index 0 is unused.</summary>
    public IReadOnlyList<int> ByAgeBand => _byAgeBand;

    /// <summary>Late things by kind.</summary>
    public IReadOnlyList<int> Overdue => _overdue;

    /// <summary>Clients by assigned worker; those without one are missing here.</summary>
    public Dictionary<string, int> ByWorker { get; } = new(StringComparer.Ordinal);

    /// <summary>Clients by method in their current plan; a client may have several.</summary>
    public Dictionary<CodedValue, int> ByMethod { get; } = [];

    internal int[] Statuses => _byStatus;

    internal int[] Reasons => _byReason;

    internal int[] AgeBandCounts => _byAgeBand;

    internal int[] OverdueCounts => _overdue;
}
