using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Simulation;

/// <summary>
/// Draws one centre's days: visits, helpers, closed days and two groups. It depends on the centre alone, not on the
/// population's seed; days that the data set has are left to it.
/// </summary>
internal static class CentreLife
{
    private static readonly (string Id, string Name)[] GroupsOfEach =
        [("ruoka", "Ruokaryhmä (synteettinen)"), ("toiminta", "Toiminnallinen ryhmä (synteettinen)")];

    public static IEnumerable<LoadStep> StepsOf(
        Centre centre, OsstDataSet dataSet, PopulationAssumptions assumptions)
    {
        var assumed = assumptions.Centres;
        if (centre.Synthetic)
        {
            var registration = new RegisterDropInCentre(
                centre.Municipality, $"Asukastupa {centre.Municipality} (synteettinen)")
            {
                OpeningDays = centre.Weekdays,
            };
            yield return Step(centre, registration, centre.From, "registered");
        }
        var told = dataSet.Steps
            .Where(step => step.Grain == centre.Grain && step.Command is RecordVisits)
            .Select(step => step.OccurredOn)
            .ToHashSet();
        foreach (var step in Days(centre, told, assumed).Concat(Groups(centre, assumed))
            .Concat(Answers(centre, assumptions.Measures)))
        {
            yield return step;
        }
    }

    private static IEnumerable<LoadStep> Days(Centre centre, HashSet<DateOnly> told, CentreAssumptions assumed)
    {
        var draw = new Draw(StableId.Seed($"visits/{centre.Grain}"));
        for (var day = centre.From; day <= centre.Until; day = day.AddDays(1))
        {
            if (WorkingDays.IsHolidayOrEve(day))
            {
                yield return Step(centre, new MarkClosedDay(day, "Pyhäpäivä"), day, $"closed/{day:O}");
                continue;
            }
            if (!centre.IsOpenOn(day))
            {
                continue;
            }
            var visits = draw.Around(centre.DailyVisits);
            if (!told.Contains(day))
            {
                yield return Step(centre, new RecordVisits(visits), day, $"visits/{day:O}");
            }
            var (peers, volunteers) = (draw.Between(0, assumed.MostHelpers), draw.Between(0, assumed.MostHelpers));
            if (day.DayOfWeek is DayOfWeek.Wednesday && peers + volunteers > 0)
            {
                yield return Step(centre, new RecordHelpers(peers, volunteers), day, $"helpers/{day:O}");
            }
        }
    }

    /// <summary>Visitors answer ESIS on one day each spring and autumn, and it is not known who.</summary>
    private static IEnumerable<LoadStep> Answers(Centre centre, MeasureAssumptions assumed)
    {
        var draw = new Draw(StableId.Seed($"answers/{centre.Grain}"));
        for (var day = new DateOnly(centre.From.Year, 4, 15); day <= centre.Until; day = day.AddMonths(6))
        {
            var on = Centres.OpenOnOrAfter(centre, day);
            for (var visitor = draw.Around(assumed.Visitors); day > centre.From && on <= centre.Until && visitor > 0;
                visitor--)
            {
                yield return Step(centre, EsisAnswers.OfVisitor(draw, assumed), on, $"answers/{on:O}/{visitor}");
            }
        }
    }

    /// <summary>Each group meets on one weekday of the centre.</summary>
    private static IEnumerable<LoadStep> Groups(Centre centre, CentreAssumptions assumed)
    {
        var draw = new Draw(StableId.Seed($"groups/{centre.Grain}"));
        for (var i = 0; i < GroupsOfEach.Length; i++)
        {
            var (id, name) = GroupsOfEach[i];
            var weekday = centre.Weekdays[i % centre.Weekdays.Count];
            var first = Centres.OpenOnOrAfter(centre, centre.From.AddDays(14));
            yield return Step(centre, new StartGroup(id, name), first, $"group/{id}");
            for (var day = first; day <= centre.Until; day = day.AddDays(1))
            {
                if (Centre.WeekdayOf(day) == weekday && centre.IsOpenOn(day) && draw.Chance(assumed.SessionHeld))
                {
                    var session = new RecordGroupSession(
                        id, draw.Around(assumed.Participants), PeerExperts: draw.Between(0, 1));
                    yield return Step(centre, session, day, $"group/{id}/{day:O}");
                }
            }
        }
    }

    private static LoadStep Step(Centre centre, ICommand command, DateOnly on, string name) => new(
        centre.Grain, command, on, StableId.Guid($"centre/{centre.Grain}/{name}"), StepOrigin.Synthetic);
}
