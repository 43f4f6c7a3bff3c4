using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>Work or study that some clients begin after their plan, and fewer without one; a register's fact, closed
/// matter or not.</summary>
internal static class WorkBegun
{
    public static void Draw(Life life)
    {
        var assumed = life.Assumed.Planning;
        if (!life.Draw.Chance(life.PlannedOn is null ? assumed.EmploymentWithoutPlan : assumed.Employment))
        {
            return;
        }
        var kind = life.Draw.Of(assumed.EmploymentKinds);
        var (least, most) = assumed.EmploymentDays;
        var startsOn = (life.PlannedOn ?? life.ArrivedOn).AddDays(life.Draw.Between(least, most));
        if (startsOn <= life.Horizon)
        {
            var endsOn = startsOn.AddDays(life.Draw.Between(least, most));
            life.Write(startsOn, new RecordEmploymentOutcome(
                kind, startsOn, kind is EmploymentKind.OpenLabourMarket ? null : endsOn));
        }
    }
}
