using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>Whom a cell of the evaluation counts: clients of one index month, age group and referral reason.</summary>
/// <param name="Month">The index month, as <see cref="MonthSet.NumberOf(DateOnly)"/> counts it.</param>
/// <param name="Age">The age group.</param>
/// <param name="Reason">The referral's reason.</param>
/// <param name="KnownAfter">So many <see cref="CoverageFacts"/> of the municipality are older than its knowing these
/// clients, and say nothing of them.</param>
/// <param name="IsIncident">On assistance in the index month and in none of the twelve before it, as far as lines say:
/// only coverage makes a month without a line one without assistance.</param>
/// <param name="IsIdle">In none of these thirteen months on assistance: nothing began, and nothing can end.</param>
/// <param name="KnownUntil">So many facts of coverage are older than the erasure of these clients; what was said later
/// cannot hold for them, since no line of theirs could come. <see cref="NeverErased"/> for all others.</param>
public readonly record struct IndexGroup(
    int Month, AgeGroup Age, ReferralReason Reason, int KnownAfter = 0, bool IsIncident = false, bool IsIdle = false,
    int KnownUntil = IndexGroup.NeverErased)
{
    /// <summary>Of clients who are not erased.</summary>
    public const int NeverErased = int.MaxValue;

    /// <summary>True when nothing more will be known of these clients.</summary>
    public bool IsErased => KnownUntil != NeverErased;
}

/// <summary>So many clients of a group whose time on assistance ended in this way, after so many months.</summary>
/// <param name="Group">Whose.</param>
/// <param name="Gap">Months without assistance that make an exit.</param>
/// <param name="Months">Months from the index.</param>
/// <param name="End">How.</param>
public readonly record struct SpellKey(IndexGroup Group, int Gap, int Months, SpellEnd End);

/// <summary>Clients of one group, as integers that add up.</summary>
public sealed class IndexCell
{
    /// <summary>A change of so many months is one for the better, or for the worse.</summary>
    private const int ChangeBand = 3;

    private readonly int[] _onByMonth = new int[(2 * FollowUp.WindowMonths) + 1];

    /// <summary>All clients of the group.</summary>
    public int Clients { get; private set; }

    /// <summary>Those whose history is longer than what is kept of months: in no figure of months.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Those on assistance in the index month.</summary>
    public int OnAssistance { get; private set; }

    /// <summary>Those who died within the window after the index: in no change of months.</summary>
    public int Died { get; private set; }

    /// <summary>Those who moved away within it.</summary>
    public int Moved { get; private set; }

    /// <summary>Those whose first Kela referral was left without investigation.</summary>
    public int NotInvestigated { get; private set; }

    /// <summary>Those who came to a meeting of it within 90 days.</summary>
    public int Attended { get; private set; }

    /// <summary>Months before the index of those who died: what bounds of the change need.</summary>
    public long MonthsBeforeDeath { get; private set; }

    /// <summary>Months before the index of those who moved away.</summary>
    public long MonthsBeforeMove { get; private set; }

    /// <summary>Of those whose change counts: whose matter was closed within the window, so that a death or a move
    /// after it is not known.</summary>
    public int Closed { get; private set; }

    /// <summary>Of those whose change counts: at least three months fewer on assistance.</summary>
    public int Fewer { get; private set; }

    /// <summary>Of those whose change counts: at least three months more.</summary>
    public int More { get; private set; }

    /// <summary>Of those whose change counts: who was on assistance so many months from the index, -12 to 12.</summary>
    public int OnIn(int month) => _onByMonth[month + FollowUp.WindowMonths];

    /// <summary>Months before and after of all who neither died nor moved.</summary>
    public BenefitOutcome Change { get; } = new();

    internal void Add(FollowUp follow, in IndexAnswer answer, int sign)
    {
        Clients += sign;
        Attended += answer.AttendedOn != 0 && answer.AttendedOn - follow.Day <= FollowUp.AttendanceDays ? sign : 0;
        NotInvestigated += answer.IsNotInvestigated ? sign : 0;
        if (!follow.IsReadable)
        {
            Unreadable += sign;
            return;
        }
        OnAssistance += follow.IsOnAssistance ? sign : 0;
        if (!follow.EndsInWindow)
        {
            var change = follow.MonthsAfter - follow.MonthsBefore;
            Change.Add(follow.MonthsBefore, follow.MonthsAfter, sign);
            Fewer += change <= -ChangeBand ? sign : 0;
            More += change >= ChangeBand ? sign : 0;
            Closed += follow.IsClosedInWindow ? sign : 0;
            for (var month = -FollowUp.WindowMonths; month <= FollowUp.WindowMonths; month++)
            {
                _onByMonth[month + FollowUp.WindowMonths] += follow.IsOn(month) ? sign : 0;
            }
        }
        else if (follow.EndsBy is SpellEnd.Died)
        {
            Died += sign;
            MonthsBeforeDeath += sign * follow.MonthsBefore;
        }
        else
        {
            Moved += sign;
            MonthsBeforeMove += sign * follow.MonthsBefore;
        }
    }

    /// <summary>Adds all that another counts.</summary>
    public void Merge(IndexCell other)
    {
        Clients += other.Clients;
        Unreadable += other.Unreadable;
        OnAssistance += other.OnAssistance;
        Died += other.Died;
        Moved += other.Moved;
        NotInvestigated += other.NotInvestigated;
        Attended += other.Attended;
        MonthsBeforeDeath += other.MonthsBeforeDeath;
        MonthsBeforeMove += other.MonthsBeforeMove;
        Closed += other.Closed;
        Fewer += other.Fewer;
        More += other.More;
        for (var i = 0; i < _onByMonth.Length; i++)
        {
            _onByMonth[i] += other._onByMonth[i];
        }
        Change.Merge(other.Change);
    }

    internal void Imprint(Image image)
    {
        int[] counts =
            [Clients, Unreadable, OnAssistance, Died, Moved, NotInvestigated, Attended, Fewer, More, Closed];
        var (before, beforeMove) = (MonthsBeforeDeath, MonthsBeforeMove);
        var on = _onByMonth;
        image.Column(ref on, on.Length);
        on.CopyTo(_onByMonth, 0);
        image.Column(ref counts, counts.Length);
        image.Value(ref before);
        image.Value(ref beforeMove);
        (Clients, Unreadable, OnAssistance, Died, Moved) = (counts[0], counts[1], counts[2], counts[3], counts[4]);
        (NotInvestigated, Attended, Fewer, More, Closed) = (counts[5], counts[6], counts[7], counts[8], counts[9]);
        (MonthsBeforeDeath, MonthsBeforeMove) = (before, beforeMove);
        Change.Imprint(image);
    }

    public override string ToString() =>
        $"{Clients},{Unreadable},{OnAssistance},{Died},{Moved},{NotInvestigated},{Attended},"
        + $"{MonthsBeforeDeath},{MonthsBeforeMove},{Closed},{Fewer},{More},{string.Join(' ', _onByMonth)},"
        + $"{Change.Clients},{Change.MonthsBefore},{Change.MonthsAfter},{Change.SquaredChange}";
}

/// <summary>One municipality's clients by index month, age and reason: exits, changes and attendance.</summary>
internal sealed class FollowUpTally
{
    private readonly Dictionary<IndexGroup, IndexCell> _cells = [];
    private readonly Dictionary<SpellKey, int> _spells = [];

    /// <summary>Counts a client, or with -1 takes the client back.</summary>
    /// <param name="follow">The client.</param>
    /// <param name="answer">What became of the first Kela referral.</param>
    /// <param name="knownAfter">See <see cref="IndexGroup"/>.</param>
    /// <param name="knownUntil">See <see cref="IndexGroup"/>.</param>
    /// <param name="sign">1 or -1.</param>
    public void Add(FollowUp follow, in IndexAnswer answer, int knownAfter, int knownUntil, int sign)
    {
        var isFree = follow is { IsReadable: true, MonthsBefore: 0 };
        var group = new IndexGroup(
            follow.Month, follow.Age, follow.Reason, knownAfter, isFree && follow.IsOnAssistance,
            isFree && !follow.IsOnAssistance, knownUntil);
        var cell = _cells.CellOf(group);
        cell.Add(follow, answer, sign);
        if (cell.Clients == 0)
        {
            _cells.Remove(group);
        }
        for (var gap = 1; follow is { IsReadable: true, IsOnAssistance: true } && gap <= FollowUp.LongestGap; gap++)
        {
            var (months, end) = follow.End(gap);
            _spells.Count(new SpellKey(group, gap, months, end), sign);
        }
    }

    public void AddTo(Dictionary<IndexGroup, IndexCell> cells, Dictionary<SpellKey, int> spells)
    {
        foreach (var (group, cell) in _cells)
        {
            cells.CellOf(group).Merge(cell);
        }
        spells.CountAll(_spells, +1);
    }

    public void Imprint(Image image)
    {
        image.Entries(_cells, static (Image i, ref IndexGroup group, ref IndexCell cell) =>
        {
            i.Value(ref group);
            (cell ??= new IndexCell()).Imprint(i);
        });
        image.Entries(_spells, static (Image i, ref SpellKey key, ref int count) =>
        {
            i.Value(ref key);
            i.Value(ref count);
        });
    }

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _cells.Select(cell => $"index {cell.Key} {cell.Value}")
        .Concat(_spells.Select(spell => $"spells {spell.Key} {spell.Value}"));
}
