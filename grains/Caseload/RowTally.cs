using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// Standing counters over rows. A change of a row takes its old form away and adds the new one, so they always equal a
/// fresh count; counting a filtered set is the same code on an empty tally.
/// </summary>
internal sealed class RowTally
{
    private const int FirstBirthYear = 1880;
    private const int MaxMethods = 64;

    private readonly int[] _byStatus = new int[(int)CaseStatus.Closed + 1];
    private readonly int[] _byReason = new int[(int)ReferralReason.Other + 1];
    private readonly int[] _byBirthYear = new int[320];
    private readonly int[] _byMethod = new int[MaxMethods];
    private readonly DayCounts _waiting = new();
    private readonly DayCounts _reviewsAgreed = new();
    private readonly DayCounts _reviewsByInterval = new();
    private readonly DayCounts _meetings = new();
    private int[] _byWorker = [];
    private int _clients;

    [MethodImpl(StartPath.Optimized)]
    public void Add(in CaseloadRow row, int sign)
    {
        _clients += sign;
        _byStatus[(int)row.Status] += sign;
        _byReason[(int)row.Chain.Reason] += sign;
        _byBirthYear[Math.Clamp(row.BirthYear - FirstBirthYear, 0, _byBirthYear.Length - 1)] += sign;
        AddWorker(row.Worker, sign);
        for (var methods = row.Methods; methods != 0; methods &= methods - 1)
        {
            _byMethod[System.Numerics.BitOperations.TrailingZeroCount(methods)] += sign;
        }
        _waiting.Add(row.WaitsForContactSince, sign);
        _meetings.Add(row.NextMeetingOn, sign);
        if (!row.Closed)
        {
            _reviewsAgreed.Add(row.ReviewDueOn, sign);
            _reviewsByInterval.Add(row.ReviewDueOn == 0 ? row.ReviewedOn : 0, sign);
        }
    }

    /// <summary>Adds these counters to an answer, as of a day.</summary>
    public void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due)
    {
        answer.Clients += _clients;
        answer.Municipalities++;
        AddAll(_byStatus, answer.Statuses);
        AddAll(_byReason, answer.Reasons);
        for (var i = 0; i < _byBirthYear.Length; i++)
        {
            if (_byBirthYear[i] != 0)
            {
                answer.AgeBandCounts[(int)AgeBands.Of(i + FirstBirthYear, due.Today.Year)] += _byBirthYear[i];
            }
        }
        AddNamed(_byWorker, names.Workers, answer.ByWorker);
        AddNamed(_byMethod, names.Methods, answer.ByMethod);
        answer.OverdueCounts[(int)OverdueKind.Contact] += _waiting.CountBefore(due.ContactBefore);
        answer.OverdueCounts[(int)OverdueKind.Review] +=
            _reviewsAgreed.CountBefore(due.Day) + _reviewsByInterval.CountBefore(due.ReviewedBefore);
        answer.OverdueCounts[(int)OverdueKind.MeetingOutcome] += _meetings.CountBefore(due.Day);
    }

    private void AddWorker(int worker, int sign)
    {
        if (worker < 0)
        {
            return;
        }
        if (worker >= _byWorker.Length)
        {
            Array.Resize(ref _byWorker, Math.Max(16, (worker + 1) * 2));
        }
        _byWorker[worker] += sign;
    }

    private static void AddAll(int[] counts, int[] sums)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            sums[i] += counts[i];
        }
    }

    private static void AddNamed<T>(int[] counts, NumberedNames<T> names, Dictionary<T, int> sums)
        where T : notnull
    {
        for (var i = 0; i < Math.Min(counts.Length, names.Count); i++)
        {
            if (counts[i] != 0)
            {
                System.Runtime.InteropServices.CollectionsMarshal
                    .GetValueRefOrAddDefault(sums, names[i], out _) += counts[i];
            }
        }
    }
}

/// <summary>What "overdue" means in one municipality on one day.</summary>
/// <param name="ContactTargetDays">Calendar days within which a referral wants a first contact.</param>
/// <param name="ReviewIntervalDays">Calendar days after which a plan without an agreed date wants its review.</param>
/// <param name="Calendar">The municipality's working days.</param>
internal readonly record struct DueRule(
    DateOnly Today, int ContactTargetDays, int ReviewIntervalDays, WorkingDays Calendar)
{
    public int Day => Today.DayNumber;

    /// <summary>Referrals received before this day and not contacted are overdue.</summary>
    public int ContactBefore => Day - ContactTargetDays;

    /// <summary>Plans last reviewed before this day are overdue.</summary>
    public int ReviewedBefore => Day - ReviewIntervalDays;

    public bool IsOverdue(in CaseloadRow row, OverdueKind kind)
    {
        var (since, before) = kind switch
        {
            OverdueKind.Contact => (row.WaitsForContactSince, ContactBefore),
            OverdueKind.Review => (row.ReviewDue(ReviewIntervalDays), Day),
            _ => (row.NextMeetingOn, Day),
        };
        return since != 0 && since < before;
    }

    /// <summary>What is late in a row; the eight possible answers are shared.</summary>
    public IReadOnlyList<OverdueKind> OverdueIn(in CaseloadRow row) => Combinations[
        (IsOverdue(row, OverdueKind.Contact) ? 1 : 0)
        | (IsOverdue(row, OverdueKind.Review) ? 2 : 0)
        | (IsOverdue(row, OverdueKind.MeetingOutcome) ? 4 : 0)];

    private static readonly IReadOnlyList<OverdueKind>[] Combinations =
    [
        .. Enumerable.Range(0, 8).Select(bits =>
            Enum.GetValues<OverdueKind>().Where(k => (bits >> (int)k & 1) == 1).ToArray()),
    ];
}
