using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

public sealed class MunicipalityTests
{
    private static readonly PlaceInArm Osst =
        new(StudyArm.OsstAndEmployment, Day("2018-01-01"), Day("2019-03-31"));

    private static Step[] Registered => [On("2017-12-01", Kemijarvi)];

    private static Step[] Placed => [.. Registered, On("2017-12-02", Osst)];

    [Fact]
    public void A_municipality_is_registered_once()
    {
        var municipality = GivenMunicipality()
            .When("2017-12-01", Kemijarvi).Then(new MunicipalityRegistered("Kemijärvi", null));
        municipality.When("2017-12-01", Kemijarvi).ThenNothing();
        municipality.When("2017-12-01", Kemijarvi with { Name = "Tornio" })
            .ThenRefused(RejectionCodes.AlreadyRegistered, "id");
    }

    [Fact]
    public void Nothing_happens_to_a_municipality_before_it_is_registered()
    {
        GivenMunicipality().When("2017-12-02", Osst).ThenRefused(RejectionCodes.NotRegistered, "id");
        GivenMunicipality(Registered).When("2017-11-30", Osst)
            .ThenRefused(RejectionCodes.BeforeRegistration, "occurredOn");
    }

    [Fact]
    public void A_municipality_is_in_one_arm_on_a_day()
    {
        var municipality = GivenMunicipality(Registered)
            .When("2017-12-02", Osst)
            .Then(new ArmPlaced(StudyArm.OsstAndEmployment, Day("2018-01-01"), Day("2019-03-31")));

        municipality.When("2017-12-02", Osst).ThenNothing();
        municipality.When("2017-12-02", new PlaceInArm(StudyArm.Neither, Day("2019-03-31")))
            .ThenRefused(RejectionCodes.ArmOverlap, "startsOn");
        municipality.And("2017-12-02", new PlaceInArm(StudyArm.Neither, Day("2019-04-01")));
        Assert.Equal(StudyArm.OsstAndEmployment, municipality.State.ArmOn(Day("2019-03-31")));
        Assert.Equal(StudyArm.Neither, municipality.State.ArmOn(Day("2019-04-01")));
        Assert.Null(municipality.State.ArmOn(Day("2017-12-31")));
    }

    [Fact]
    public void An_arm_is_extended_or_ends_early()
    {
        GivenMunicipality(Placed)
            .When("2018-12-10", new ChangeArmEnd(Day("2018-01-01"), Day("2019-12-31")))
            .Then(new ArmEndChanged(Day("2018-01-01"), Day("2019-12-31")))
            .When("2018-12-10", new ChangeArmEnd(Day("2018-01-01"), Day("2019-12-31")))
            .ThenNothing();
        GivenMunicipality(Placed).When("2018-12-10", new ChangeArmEnd(Day("2018-02-01"), null))
            .ThenRefused(RejectionCodes.ArmUnknown, "startsOn");
        GivenMunicipality(Placed).When("2018-12-10", new ChangeArmEnd(Day("2018-01-01"), Day("2017-12-31")))
            .ThenRefused(RejectionCodes.PeriodReversed, "endsOn");
        GivenMunicipality(Placed).And("2018-12-10", new PlaceInArm(StudyArm.Neither, Day("2019-04-01")))
            .When("2018-12-10", new ChangeArmEnd(Day("2018-01-01"), null))
            .ThenRefused(RejectionCodes.ArmOverlap, "endsOn");
    }

    [Fact]
    public void Workers_join_train_and_leave()
    {
        var municipality = GivenMunicipality(Registered)
            .When("2018-01-10", new NameResponsibleWorker("w1")).Then(new ResponsibleWorkerNamed("w1"))
            .When("2018-01-10", new NameResponsibleWorker("w1")).ThenNothing()
            .When("2018-01-10", new AddSocialWorker("w2")).Then(new SocialWorkerAdded("w2"))
            .When("2018-01-10", new AddSocialWorker("w2")).ThenNothing()
            .When("2018-02-10", new RecordTrainingDays("w2", 5)).Then(new TrainingDaysRecorded("w2", 5))
            .When("2018-02-10", new RecordTrainingDays("w2", 5)).ThenNothing();

        Assert.Equal([new SocialWorker("w2", Day("2018-01-10"), 5)], municipality.State.SocialWorkers);
        municipality.When("2018-02-10", new RecordTrainingDays("w2", 6))
            .ThenRefused(RejectionCodes.OutOfRange, "trainingDays");
        municipality.When("2018-03-01", new RemoveSocialWorker("w2")).Then(new SocialWorkerRemoved("w2"));
        municipality.When("2018-03-01", new RemoveSocialWorker("w2"))
            .ThenRefused(RejectionCodes.WorkerUnknown, "workerId");
        municipality.When("2018-03-01", new RecordTrainingDays("w2", 1))
            .ThenRefused(RejectionCodes.WorkerUnknown, "workerId");
    }

    [Fact]
    public void Money_is_granted_and_spent_by_purpose()
    {
        var municipality = GivenMunicipality(Registered)
            .When("2018-01-10", new GrantFunding(FundingPurpose.SubstituteSalary, 5_000_000))
            .Then(new FundingGranted(FundingPurpose.SubstituteSalary, 5_000_000))
            .When("2018-06-30", new RecordSpending(FundingPurpose.SubstituteSalary, 2_000_000))
            .Then(new FundingSpent(FundingPurpose.SubstituteSalary, 2_000_000));

        Assert.Equal(
            [new FundingBalance(FundingPurpose.SubstituteSalary, 5_000_000, 2_000_000)], municipality.State.Funding);
        municipality.When("2018-06-30", new RecordSpending(FundingPurpose.Other, 0))
            .ThenRefused(RejectionCodes.OutOfRange, "amountCents");
    }

    [Fact]
    public void A_municipality_sets_its_own_targets()
    {
        var municipality = GivenMunicipality(Registered)
            .When("2018-01-10", new SetReviewInterval(90)).ThenNothing()
            .When("2018-01-10", new SetReviewInterval(60)).Then(new ReviewIntervalSet(60))
            .When("2018-01-10", new SetFirstContactTarget(7)).ThenNothing()
            .When("2018-01-10", new SetFirstContactTarget(3)).Then(new FirstContactTargetSet(3))
            .When("2018-01-10", new SetSmallestGroup(5)).ThenNothing()
            .When("2018-01-10", new SetSmallestGroup(15)).Then(new SmallestGroupSet(15));

        Assert.Equal((60, 3), (municipality.State.ReviewIntervalDays, municipality.State.FirstContactTargetDays));
        municipality.When("2018-01-10", new SetReviewInterval(0)).ThenRefused(RejectionCodes.OutOfRange, "days");
        Assert.Equal(15, municipality.State.SmallestGroup);
        municipality.When("2018-01-10", new SetSmallestGroup(4)).ThenRefused(RejectionCodes.OutOfRange, "persons");
        municipality.When("2018-01-10", new SetSmallestGroup(12)).ThenRefused(RejectionCodes.OutOfRange, "persons");
    }

    [Fact]
    public void A_command_for_another_grain_is_refused() => GivenMunicipality(Registered)
        .When("2018-01-10", FromKela)
        .ThenRefused(RejectionCodes.CommandNotKnown, "command");
}
