using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>Plans, meetings between them, reviews, a move, and the closing.</summary>
internal static class PlanningStage
{
    private const int AgreedDaysToReview = 90;

    /// <summary>True when the matter was closed.</summary>
    public static bool Work(Life life)
    {
        var assumed = life.Assumed.Planning;
        if (!life.Draw.Chance(assumed.Plan) || !life.Later(assumed.DaysToPlan))
        {
            return false;
        }
        var plan = Plan(life);
        for (var review = 1; review <= assumed.MostReviews; review++)
        {
            Between(life);
            if (!life.Later(assumed.DaysToReview))
            {
                return false;
            }
            if (life.Draw.Chance(assumed.ReviewHeld))
            {
                life.Write(PlanContent.ReviewOf(plan, life, life.Today.AddDays(AgreedDaysToReview)));
                plan = life.Draw.Chance(assumed.NewPlan) ? Plan(life) : plan;
            }
            if (life.Draw.Chance(assumed.Closed))
            {
                life.Close(life.Draw.Of(assumed.ClosingReasons));
                return true;
            }
        }
        return false;
    }

    private static MakePlan Plan(Life life)
    {
        var plan = PlanContent.PlanFor(life, life.Today.AddDays(AgreedDaysToReview));
        life.Write(plan);
        life.PlannedOn ??= life.Today;
        return plan;
    }

    private static void Between(Life life)
    {
        var assumed = life.Assumed;
        for (var meeting = 1; meeting <= assumed.Dose.MostMeetingsBetween
            && life.Draw.Chance(assumed.Planning.FurtherMeeting)
            && ReachingStage.Meeting(life, referralId: null) is not null; meeting++)
        {
        }
        if (life.Draw.Chance(life.Assumed.Planning.Moves))
        {
            Move(life);
        }
    }

    /// <summary>Only to a municipality that is seen at least as long as the one left.</summary>
    private static void Move(Life life)
    {
        var there = life.Draw.Of(life.Assumed.Municipalities);
        if (there == life.Municipality || life.Scene.HorizonOf(there) < life.Horizon)
        {
            return;
        }
        life.SettledUntil ??= life.Today.AddDays(-1);
        life.Municipality = there;
        life.Worker = null;
        life.Write(new MoveToMunicipality(there));
        AssessingStage.Assign(life, ownWorker: true);
    }
}
