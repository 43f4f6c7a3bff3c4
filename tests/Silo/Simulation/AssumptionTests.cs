using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

/// <summary>Lives are accepted by the rules and follow the assumptions. Set OSST_SEED to run one seed again.</summary>
public sealed class AssumptionTests(AssumptionTests.Drawn drawn) : IClassFixture<AssumptionTests.Drawn>
{
    [Fact]
    public void No_rule_refuses_any_step_and_every_step_changes_something() =>
        Assert.Equal(Drawn.Clients, drawn.Ends.Count);

    [Fact]
    public void No_rule_refuses_any_step_of_another_seed()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("OSST_SEED"), out var given)
            ? given
            : (ulong)Random.Shared.NextInt64();
        try
        {
            var population = Population.Of(seed, 1_000, drawn.DataSet);
            Assert.All(Enumerable.Range(0, 1_000), number => Replay.Client(population.Client(number)));
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            Assert.Fail($"OSST_SEED={seed}\n{failure.Message}");
        }
    }

    [Fact]
    public void No_rule_refuses_any_step_of_the_surroundings()
    {
        var surroundings = Population.Of(1, 0, drawn.DataSet).Surroundings;
        foreach (var grain in surroundings)
        {
            object state = grain.Grain.Kind switch
            {
                Grains.GrainKind.Programme => Replay.Programme(grain.Steps),
                Grains.GrainKind.Municipality => Replay.Municipality(grain.Steps, grain.Grain.Key),
                _ => Replay.Centre(grain.Steps, grain.Grain.Key),
            };
            Assert.NotNull(state);
        }
        Assert.Equal(1 + 12 + 7, surroundings.Count);
    }

    [Theory]
    [InlineData(51, new[] { ReferralReason.SupplementaryApplication })]
    [InlineData(20, new[] { ReferralReason.Reduction20, ReferralReason.Reduction40 })]
    [InlineData(10, new[] { ReferralReason.LongUnemployedOver25 })]
    [InlineData(9, new[] { ReferralReason.Need })]
    [InlineData(10, new[] { ReferralReason.Under25FourMonths, ReferralReason.Immigrant, ReferralReason.Other })]
    public void Kelas_referrals_have_the_published_contents(int percent, ReferralReason[] reasons)
    {
        const double TolerancePercent = 2;
        var share = 100.0 * drawn.Ends.Count(client => reasons.Contains(client.Referrals[0].Received.Reason))
            / Drawn.Clients;
        Assert.InRange(share, percent - TolerancePercent, percent + TolerancePercent);
    }

    [Fact]
    public void Need_based_referrals_attend_more_often_than_reduction_based_ones()
    {
        var need = Attendance(ReferralReason.Need);
        var reduction = Attendance(ReferralReason.Reduction20, ReferralReason.Reduction40);
        Assert.True(need > reduction + 0.1, $"{need:0.00} against {reduction:0.00}");
    }

    [Fact]
    public void A_life_has_twenty_to_thirty_five_steps_on_average() =>
        Assert.InRange((double)drawn.Steps / Drawn.Clients, 20, 35);

    [Fact]
    public void Ages_fit_the_reason_of_referral_and_the_target_group_of_Kuopio()
    {
        Assert.All(drawn.Ends, client =>
        {
            var age = client.RegisteredOn!.Value.Year - client.Registered!.BirthYear;
            var reason = client.Referrals[0].Received.Reason;
            Assert.InRange(age, 18, 63);
            Assert.True(reason is not ReferralReason.LongUnemployedOver25 || age > 25);
            Assert.True(reason is not ReferralReason.Under25FourMonths || age < 25);
            Assert.True(client.Registered.Municipality != "297" || age > 25);
        });
    }

    [Fact]
    public void Every_kind_of_ending_and_detour_occurs()
    {
        Assert.Contains(drawn.Ends, client => client.Residences.Count > 1);
        Assert.Contains(drawn.Ends, client => client.Referrals.Count > 1);
        Assert.Contains(drawn.Ends, client => client.KeptVisits.Count > 0);
        Assert.Contains(drawn.Ends, client => client.EmploymentOutcomes.Count > 0);
        Assert.Contains(drawn.Ends, client => client.Plans.Count > 1);
        Assert.Contains(drawn.Ends, client => client.Plans.Any(plan => plan.Reviews.Count > 0));
        Assert.Contains(drawn.Ends, client => client.Referrals[0].NotInvestigatedOn is not null);
        Assert.All(
            Enum.GetValues<MeetingStatus>(),
            status => Assert.Contains(drawn.Ends, client => client.Meetings.Any(m => m.Status == status)));
        Assert.All(
            new[] { ClosingReason.NoNeed, ClosingReason.NotReached, ClosingReason.GoalsReached },
            reason => Assert.Contains(drawn.Ends, client => client.Closed?.Reason == reason));
    }

    [Fact]
    public void Minutes_methods_places_and_reasons_for_declining_occur()
    {
        var met = drawn.Ends.SelectMany(client => client.Meetings)
            .Where(meeting => meeting.Status is MeetingStatus.Attended).ToList();
        Assert.InRange(met.Average(meeting => meeting.Minutes is null ? 0 : 1.0), 0.85, 0.95);
        Assert.All(met, meeting => Assert.NotNull(meeting.Method));
        Assert.All(Enum.GetValues<DeclineReason>(), reason => Assert.Contains(
            drawn.Ends, client => client.Meetings.Any(meeting => meeting.Declined == reason)));
        Assert.Contains(drawn.Ends, client => client.Assessment?.Assessed.Declined is not null);
        Assert.Contains(drawn.Ends, client => client.Plans.SelectMany(plan => plan.Reviews)
            .SelectMany(review => review.Reviewed.Services).Any(service => service.Declined is not null));
        Assert.Contains(drawn.Ends, client => client.Referrals.Any(
            referral => referral.Received.Source is ReferralSource.DropInCentre));
    }

    [Fact]
    public void Work_begins_as_often_in_every_arm()
    {
        var begun = drawn.Ends.ToLookup(
            client => drawn.DataSet.ArmOf(client.Registered!.Municipality) is StudyArm.OsstAndEmployment,
            client => client.EmploymentOutcomes.Count > 0 ? 1.0 : 0);
        Assert.InRange(begun[true].Average() - begun[false].Average(), -0.03, 0.03);
    }

    [Fact]
    public void Months_on_assistance_and_attainment_show_no_effect_of_the_arm()
    {
        var osst = drawn.Ends.Where(client => Planned(client, osst: true)).ToList();
        var control = drawn.Ends.Where(client => Planned(client, osst: false)).ToList();
        Assert.InRange(Months(osst) - Months(control), -1, 1);
        Assert.InRange(Attained(osst) - Attained(control), -0.08, 0.08);

        bool Planned(ClientState client, bool osst) => client.Plans.Count > 0
            && drawn.DataSet.ArmOf(client.Municipality) is StudyArm.OsstAndEmployment == osst;
        double Months(List<ClientState> clients) => clients.Average(client => client.BenefitMonths.Count);
        double Attained(List<ClientState> clients) => clients
            .SelectMany(client => client.Plans).SelectMany(plan => plan.Reviews)
            .SelectMany(review => review.Reviewed.Attainments)
            .Average(attainment => attainment.Attainment is Attainment.Attained ? 1.0 : 0);
    }

    private double Attendance(params ReferralReason[] reasons)
    {
        var settled = drawn.Ends
            .Where(client => reasons.Contains(client.Referrals[0].Received.Reason))
            .SelectMany(client => client.Meetings)
            .Where(meeting => meeting.Status is not MeetingStatus.Booked)
            .ToList();
        return (double)settled.Count(meeting => meeting.Status is MeetingStatus.Attended) / settled.Count;
    }

    /// <summary>One population, replayed once for all tests.</summary>
    public sealed class Drawn
    {
        public const int Clients = 3_000;
        private const ulong Seed = 20180101;

        public Drawn()
        {
            var population = Population.Of(Seed, Clients, DataSet);
            foreach (var client in Enumerable.Range(0, Clients).Select(population.Client))
            {
                Ends.Add(Replay.Client(client));
                Steps += client.Steps.Count;
            }
        }

        internal OsstDataSet DataSet { get; } = OsstDataSet.Embedded();

        internal List<ClientState> Ends { get; } = [];

        internal int Steps { get; }
    }
}
