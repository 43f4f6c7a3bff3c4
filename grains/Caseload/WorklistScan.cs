namespace OsstOrleans.Grains.Caseload;

/// <summary>Goes once through a caseload and puts each client on the lists asked for.</summary>
internal sealed class WorklistScan(CaseloadTable table, WorklistQuestion question, WorklistRule rule, int worker)
{
    private readonly List<(int Day, long Since, int Place)>[] _found =
        [.. question.Kinds.Select(_ => new List<(int, long, int)>())];

    public IReadOnlyList<Worklist> Lists(Func<int, CaseloadEntry> entryAt)
    {
        for (var place = 0; place < table.Places; place++)
        {
            if (!table.IsEmpty(place) && table.Statuses[place] != (byte)CaseStatus.Closed)
            {
                Place(table[place], place);
            }
        }
        return [.. question.Kinds.Select((kind, i) => new Worklist(kind, _found[i].Count, Page(_found[i], entryAt)))];
    }

    private void Place(in CaseloadRow row, int place)
    {
        for (var i = 0; i < question.Kinds.Count; i++)
        {
            var kind = question.Kinds[i];
            if ((question.WorkerId is null || row.Worker == worker || WorklistRule.IsOfNobody(kind))
                && rule.DayOf(kind, row) is var day and > 0)
            {
                _found[i].Add((day, row.Since, place));
            }
        }
    }

    private IReadOnlyList<WorklistItem> Page(
        List<(int Day, long Since, int Place)> found, Func<int, CaseloadEntry> entryAt)
    {
        if (question.Max == 0)
        {
            return [];
        }
        if (question.After is { } after)
        {
            found.RemoveAll(item => (item.Day, item.Since).CompareTo((after.DueOn.DayNumber, after.Since)) <= 0);
        }
        found.Sort();
        return [.. found.Take(question.Max).Select(item =>
            new WorklistItem(DateOnly.FromDayNumber(item.Day), entryAt(item.Place)))];
    }
}
