using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>Whose time of keeping has ended.</summary>
/// <param name="Today">The day.</param>
/// <param name="Held">Those whom an order to archive holds; else those whom none holds.</param>
/// <param name="Max">Items of a page.</param>
/// <param name="After">Only those after this one, by the day of closing and the order of coming.</param>
public sealed record RetentionQuestion(
    DateOnly Today, bool Held, int Max, (DateOnly ClosedOn, long Since)? After = null);

/// <summary>A client whose time of keeping has ended, or that of a matter.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="ClosedOn">The day on which the matter was closed.</param>
/// <param name="IsHeld">The documents are ordered to be archived.</param>
/// <param name="Since">The client's place in the order of coming.</param>
/// <param name="Matter">The matter that is to be destroyed; null where it is the whole client.</param>
public sealed record RetentionItem(string ClientId, DateOnly ClosedOn, bool IsHeld, long Since, int? Matter = null)
{
    /// <summary>The day since which it is to be destroyed.</summary>
    public DateOnly EndedOn => Retention.EndsOn(ClosedOn);
}

/// <summary>
/// The clients of a caseload who have a closed matter whose words are kept, by the day of the earliest closing: a page
/// of those whose time has ended costs its own length, however many clients there are.
/// </summary>
internal sealed class RetentionList
{
    private SortedSet<long> _free = [];
    private SortedSet<long> _held = [];
    private readonly HashSet<int> _ending = [];

    /// <summary>Clients who are on no list: erased, about to be, or restricted.</summary>
    public int OffLists { get; private set; }

    /// <summary>Places of clients whose erasure was decided and is not carried out.</summary>
    public IReadOnlyCollection<int> Ending => _ending;

    /// <summary>Puts a row on the list, or takes it from there while it still is what it was.</summary>
    public void Count(CaseloadTable table, int place, int sign)
    {
        CountOff(table, place, sign);
        if (table.KeptSinceAt(place) is not (var day and > 0))
        {
            return;
        }
        var list = table.IsHeldAt(place) ? _held : _free;
        if (sign > 0)
        {
            list.Add(KeyOf(day, place));
        }
        else
        {
            list.Remove(KeyOf(day, place));
        }
    }

    /// <summary>Takes in a table that was read, at once: that costs less than one after the other.</summary>
    public void Fill(Image image, CaseloadTable table)
    {
        if (!image.Reads)
        {
            return;
        }
        var (free, held) = (new List<long>(), new List<long>());
        for (var place = 0; place < table.Places; place++)
        {
            if (table.IsEmpty(place))
            {
                continue;
            }
            CountOff(table, place, +1);
            if (table.KeptSinceAt(place) is var day and > 0)
            {
                (table.IsHeldAt(place) ? held : free).Add(KeyOf(day, place));
            }
        }
        (_free, _held) = (new SortedSet<long>(free), new SortedSet<long>(held));
    }

    private void CountOff(CaseloadTable table, int place, int sign)
    {
        if (table.IsOffListsAt(place))
        {
            OffLists += sign;
            _ = table.IsEndingAt(place) && (sign > 0 ? _ending.Add(place) : _ending.Remove(place));
        }
    }

    public IReadOnlyList<RetentionItem> Page(CaseloadTable table, RetentionQuestion question)
    {
        var items = new List<RetentionItem>();
        var from = question.After is { } after
            ? KeyOf(after.ClosedOn.DayNumber, table.FirstPlaceAfter(after.Since))
            : 0;
        foreach (var key in (question.Held ? _held : _free).GetViewBetween(from, long.MaxValue))
        {
            var (closedOn, place) = (DateOnly.FromDayNumber((int)(key >> 32)), (int)(key & int.MaxValue));
            if (items.Count == question.Max || Retention.EndsOn(closedOn) > question.Today)
            {
                break;
            }
            items.Add(new RetentionItem(
                table[place].Client, closedOn, question.Held, table.SinceAt(place), table.KeptMatterAt(place)));
        }
        return items;
    }

    private static long KeyOf(int day, int place) => ((long)day << 32) | (uint)place;
}
