using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Simulation;

/// <summary>The assessment of the need for services after the first meeting.</summary>
internal static class AssessingStage
{
    /// <summary>
    /// True when a client relationship began and a worker was assigned, null when that day is not seen any more.
    /// </summary>
    public static bool? FindClientship(Life life)
    {
        var assumed = life.Assumed.Planning;
        var startedOn = life.Today;
        if (!life.Later(assumed.DaysToAssessment))
        {
            return null;
        }
        var clientship = life.Draw.Chance(assumed.Clientship);
        var needs = clientship ? Needs(life, assumed) : [];
        var declines = !clientship && life.Draw.Chance(assumed.DeclinesHelp);
        life.Write(new AssessNeed(
            clientship, startedOn, Phrases.Assessment, life.ReferralId,
            declines ? life.Assumed.Dose.ReasonOf(life) : null)
        {
            Needs = needs,
        });
        if (clientship)
        {
            Assign(life, needs.Any(need => need.Duration is not SupportDuration.Temporary));
        }
        return clientship;
    }

    /// <summary>True when the matter was closed, false when that day is not seen any more.</summary>
    public static bool CloseWithoutNeed(Life life)
    {
        if (!life.Later(life.Assumed.Reaching.DaysToClosing))
        {
            return false;
        }
        life.Close(ClosingReason.NoNeed);
        return true;
    }

    /// <summary>A worker of the municipality; own worker where the need is repeated or long (SHL 42 §).</summary>
    public static void Assign(Life life, bool ownWorker)
    {
        var assigned = new AssignWorker(life.Draw.Of(Staff.WorkersOf(life.Municipality, life.Assumed)), ownWorker);
        if (assigned != life.Worker)
        {
            life.Worker = assigned;
            life.Write(assigned);
        }
    }

    private static AssessedNeed[] Needs(Life life, PlanningAssumptions assumed) =>
    [
        .. life.Draw.Some(life.Assumed.SupportNeeds, life.Draw.Between(1, assumed.MostNeeds))
            .Select(code => new AssessedNeed(
                new CodedValue(CodeSystems.SupportNeeds, code), life.Draw.Of(assumed.Durations))),
    ];
}
