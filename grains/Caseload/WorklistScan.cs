using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>Goes once through a caseload and puts each client on the lists asked for.</summary>
internal sealed class WorklistScan(
    CaseloadTable table, WorklistQuestion question, WorklistRule rule, int worker, RowSight sight)
{
    private readonly Found[] _found = [.. question.Kinds.Select(_ => new Found(question))];

    public IReadOnlyList<Worklist> Lists(Func<int, CaseloadEntry> entryAt)
    {
        for (var place = 0; place < table.Places; place++)
        {
            if (!table.IsEmpty(place) && table.Statuses[place] != (byte)CaseStatus.Closed
                && !table.IsRestrictedAt(place) && sight.Takes(table, place))
            {
                Place(table[place], place);
            }
        }
        return [.. question.Kinds.Select((kind, i) => new Worklist(kind, _found[i].Count, _found[i].Page(entryAt)))];
    }

    private void Place(in CaseloadRow row, int place)
    {
        for (var i = 0; i < question.Kinds.Count; i++)
        {
            var kind = question.Kinds[i];
            if ((question.WorkerId is null || row.Worker == worker || WorklistRule.HasNoWorker(kind))
                && rule.DayOf(kind, row) is var day and > 0)
            {
                _found[i].Add(day, row.Since, place);
            }
        }
    }

    /// <summary>
    /// How many are on one list, and the most pressing of them. No more are kept than the page has: a list of thousands
    /// is counted, not sorted.
    /// </summary>
    private sealed class Found(WorklistQuestion question)
    {
        private static readonly Comparer<(int Day, long Since)> LeastPressingFirst =
            Comparer<(int Day, long Since)>.Create(static (one, other) => one.Day == other.Day
                ? other.Since.CompareTo(one.Since)
                : other.Day.CompareTo(one.Day));

        private readonly PriorityQueue<int, (int Day, long Since)> _page = new(LeastPressingFirst);
        private readonly (int Day, long Since) _after =
            question.After is { } after ? (after.DueOn.DayNumber, after.Since) : (-1, 0);

        public int Count { get; private set; }

        public void Add(int day, long since, int place)
        {
            Count++;
            if (question.Max == 0 || LeastPressingFirst.Compare((day, since), _after) >= 0)
            {
                return;
            }
            if (_page.Count < question.Max)
            {
                _page.Enqueue(place, (day, since));
            }
            else
            {
                _page.EnqueueDequeue(place, (day, since));
            }
        }

        public IReadOnlyList<WorklistItem> Page(Func<int, CaseloadEntry> entryAt)
        {
            var items = new WorklistItem[_page.Count];
            for (var i = items.Length - 1; i >= 0; i--)
            {
                _page.TryDequeue(out var place, out var priority);
                items[i] = new WorklistItem(DateOnly.FromDayNumber(priority.Day), entryAt(place));
            }
            return items;
        }
    }
}
