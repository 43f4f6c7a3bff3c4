using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <content>Clients who come with a past, leave, or whose past reads differently.</content>
public sealed partial class MunicipalityCaseload
{
    /// <summary>A client moves in, or back from an undone merge: the past is in the row.</summary>
    public void Admit(
        string client, long position, IReadOnlyList<(long Version, IEvent? Happened, DateOnly OccurredOn)> past)
    {
        _openings.Admit(client, past.Select(e => e.Happened));
        _logRequests.Admit(client, past.Select(e => (e.Happened, e.OccurredOn)));
        _restrictions.Admit(client, past.Select(e => (e.Happened, e.OccurredOn)));
        var row = past.Aggregate(
            CaseloadRow.Unknown(client), (r, e) => Next(r, e.Version, position, e.Happened, e.OccurredOn));
        Replace(row with { Since = position });
    }

    /// <summary>A client moves out: the row goes, and what is still to be answered here stays.</summary>
    public void Release(string client)
    {
        _openings.Forget(client);
        _restrictions.Forget(client);
        if (_table.TryFind(client, out var place))
        {
            Count(place, -1);
            _table.Remove(client);
        }
    }

    /// <summary>A client's history reads differently than before: the row is folded again.</summary>
    /// <param name="client">The client.</param>
    /// <param name="past">The entries that stand now.</param>
    public void Revise(string client, IReadOnlyList<PastEvent> past)
    {
        var alone = Alone(client, past);
        _openings.Take(client, alone._openings);
        _logRequests.Take(client, alone._logRequests);
        _restrictions.Take(client, alone._restrictions);
        if (alone.RowOf(client) is { } row)
        {
            Replace(row);
        }
    }

    /// <summary>What this municipality would hold if the client were its only one.</summary>
    private MunicipalityCaseload Alone(string client, IReadOnlyList<PastEvent> past)
    {
        var alone = new MunicipalityCaseload(this);
        for (var i = 0; i < past.Count; i++)
        {
            var entry = past[i];
            var moved = entry.Happened as ClientMoved;
            if (entry.Municipality == Code)
            {
                alone.Apply(client, entry.Version, entry.Position, entry.Happened, entry.OccurredOn);
            }
            else if (entry.Happened is IEndsLogRequest ended && ended.Register == Code)
            {
                alone.ApplyElsewhere(client, ended, entry.OccurredOn);
            }
            if ((moved is not null || entry.Happened is MergedIntoSurvivor) && entry.Municipality == Code)
            {
                alone.Release(client);
            }
            if (moved?.Municipality == Code || (entry.Happened is MergeUndone && entry.Municipality == Code))
            {
                alone.Admit(
                    client, entry.Position,
                    [.. past.Take(i + 1).Select(e => (e.Version, e.Happened, e.OccurredOn))]);
            }
        }
        return alone;
    }
}
