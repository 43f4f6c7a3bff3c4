namespace OsstOrleans.Grains.Caseload;

/// <content>Whom to remind of a meeting.</content>
internal sealed partial class CaseloadTable
{
    /// <summary>
    /// The clients who agree to be reminded, and have a meeting after a day and up to another of which no reminder was
    /// due.
    /// </summary>
    public List<string> ToRemind(int after, int through)
    {
        var clients = new List<string>();
        for (var place = 0; place < Places; place++)
        {
            if (_flags[place].HasFlag(RowFlags.AgreesToReminders) && !IsClosedAt(place) && !IsOffListsAt(place)
                && _clients[place] is { } client && HasToRemind(place, after, through))
            {
                clients.Add(client);
            }
        }
        return clients;
    }

    private bool HasToRemind(int place, int after, int through)
    {
        foreach (var meeting in _meetings[place])
        {
            if (!meeting.HadReminder && meeting.Day > after && meeting.Day <= through)
            {
                return true;
            }
        }
        return false;
    }
}
