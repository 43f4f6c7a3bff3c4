using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Municipalities that were merged into another one, as the list that is built in says: a client who is kept by the new
/// one did not move, and what is said of its registers holds for those of the old one from then on.
/// </summary>
internal static class Successions
{
    private static readonly string[] Ended =
    [
        .. (CodeRegister.BuiltIn.Find(Registers.MunicipalityList)?.Codes ?? [])
            .Where(line => line.ReplacedBy is not null).Select(line => line.Code),
    ];

    /// <summary>True for a move on paper alone.</summary>
    public static bool IsOne(ClientMoved move, int day) => move.Municipality == Registers.OfMunicipalities
        .SuccessorOf(move.PreviousMunicipality, DateOnly.FromDayNumber(day));

    /// <summary>
    /// What an event of a municipality says of the registers of those whose place it took: the same, of the months
    /// since then alone.
    /// </summary>
    public static IEnumerable<(string Municipality, IEvent Happened)> Of(string municipality, IEvent happened)
    {
        var (from, through) = happened switch
        {
            RegisterCoverageRecorded e => (e.From, e.Through),
            RegisterCoverageWithdrawn e => (e.From, e.Through),
            _ => (null, null),
        };
        if (!CalendarMonth.TryParse(from, out var first) || !CalendarMonth.TryParse(through, out var last))
        {
            yield break;
        }
        foreach (var ended in Ended)
        {
            var since = Enumerable.Range(first.Ordinal, Math.Max(0, last.Ordinal - first.Ordinal + 1))
                .FirstOrDefault(month => Registers.OfMunicipalities.SuccessorOf(
                    ended, MonthSet.FirstDayOf(month)) == municipality);
            if (since > 0 && ended != municipality)
            {
                var text = new CalendarMonth(since / 12, (since % 12) + 1).ToString();
                yield return (ended, happened is RegisterCoverageRecorded recorded
                    ? recorded with { From = text }
                    : (RegisterCoverageWithdrawn)happened with { From = text });
            }
        }
    }
}
