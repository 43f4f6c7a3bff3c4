using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Simulation;

/// <summary>Draws one client: who it is, how it is referred, and what follows.</summary>
internal static class ClientLife
{
    private const int FirstYearOver25 = 26;

    /// <param name="number">The client's number in the population; only shown in the name.</param>
    public static GrainSteps Of(string key, int number, Scene scene)
    {
        var life = Arrival(key, scene, new Draw(StableId.Seed(key)));
        life.Write(new RegisterClient(
            life.Municipality,
            Phrases.LastName(number),
            Phrases.FirstNames,
            life.ArrivedOn.Year - life.Age,
            TemporaryIdentifier: Phrases.Identifier(key),
            Synthetic: true));
        Refer(life, ReferralSource.Kela, life.Reason, Phrases.Decision(key));
        if (life.Reason is not ReferralReason.Need && life.Draw.Chance(life.Assumed.NotInvestigated))
        {
            LeaveUninvestigated(life);
        }
        else
        {
            Follow(life);
        }
        DropInVisits.Draw(life);
        WorkBegun.Draw(life);
        MonthsOnAssistance.Draw(life);
        EsisAnswers.Draw(life);
        return life.Steps();
    }

    /// <summary>A second referral opens a closed matter again; then the chain runs once more.</summary>
    private static void Follow(Life life)
    {
        if (!RunChain(life) || !life.Draw.Chance(life.Assumed.Reaching.Reopened)
            || !life.Later(life.Assumed.Reaching.DaysToReopening))
        {
            return;
        }
        life.Write(new ReopenMatter(Phrases.Reopening));
        life.ReferralId = "r2";
        Refer(life, life.Draw.Of(life.Assumed.Reaching.LaterSources), ReferralReason.Need, null);
        RunChain(life);
    }

    /// <summary>From contact to closing, as far as it goes; true when the matter was closed.</summary>
    private static bool RunChain(Life life) =>
        !ReachingStage.Meet(life) ? ReachingStage.GiveUp(life)
        : AssessingStage.FindClientship(life) switch
        {
            true => PlanningStage.Work(life),
            false => AssessingStage.CloseWithoutNeed(life),
            null => false,
        };

    private static Life Arrival(string key, Scene scene, Draw draw)
    {
        var assumed = scene.Assumed;
        var reason = draw.Of(assumed.Reasons);
        var age = AgeFor(reason, draw, assumed);
        var municipality = MunicipalityFor(age, scene, draw);
        var horizon = scene.HorizonOf(municipality);
        var arrivesOn = default(WorkingDays).OnOrAfter(
            scene.From.AddDays(draw.Between(0, horizon.DayNumber - scene.From.DayNumber)));
        if (arrivesOn > horizon)
        {
            arrivesOn = horizon;
        }
        return new Life(key, scene, draw)
        {
            FirstMunicipality = municipality,
            Municipality = municipality,
            Reason = reason,
            Age = age,
            ArrivedOn = arrivesOn,
            Today = arrivesOn,
            Horizon = horizon,
        };
    }

    private static int AgeFor(ReferralReason reason, Draw draw, PopulationAssumptions assumed)
    {
        var (least, most) = reason switch
        {
            ReferralReason.Under25FourMonths => (0, 24),
            ReferralReason.LongUnemployedOver25 => (FirstYearOver25, int.MaxValue),
            _ => (0, int.MaxValue),
        };
        var (youngest, oldest) = draw.Of([.. assumed.Ages.Where(
            band => band.Value.Oldest >= least && band.Value.Youngest <= most)]);
        return draw.Between(Math.Max(youngest, least), Math.Min(oldest, most));
    }

    private static string MunicipalityFor(int age, Scene scene, Draw draw) =>
        draw.Of([.. scene.Assumed.Municipalities.Where(share =>
            scene.HorizonOf(share.Value) >= scene.From
            && (age >= FirstYearOver25 || share.Value != scene.Assumed.OnlyOver25Municipality))]);

    private static void Refer(Life life, ReferralSource source, ReferralReason reason, PersonalText? decision)
    {
        var needs = reason is ReferralReason.Need
            ? life.Draw.Some(life.Assumed.SupportNeeds, count: 1)
            : [];
        life.Write(new ReceiveReferral(
            life.ReferralId, source, reason, life.Draw.Of(life.Assumed.Urgencies), decision)
        {
            SupportNeeds = [.. needs.Select(code => new CodedValue(CodeSystems.SupportNeeds, code))],
        });
    }

    private static void LeaveUninvestigated(Life life)
    {
        if (life.Later(life.Assumed.Reaching.DaysToClosing))
        {
            life.Write(new RecordReferralNotInvestigated(life.ReferralId, Phrases.NotInvestigated));
        }
    }
}
