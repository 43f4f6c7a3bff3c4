using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>One person from several notifications becomes one client, by a decision.</summary>
public sealed class MergeTests
{
    private static readonly MergeDuplicate Deciding = new("m1", "maija", "maija2", MergeGrounds.SameIdentifier);
    private static readonly RetireDuplicate Retiring = new("m1", "maija");
    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: false, "r1");

    [Fact]
    public void A_merge_is_decided_once_and_told_what_became_of_it()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi))
            .When("2018-05-01", Deciding)
            .Then(new DuplicateMergeDecided("m1", "maija", "maija2", MergeGrounds.SameIdentifier))
            .When("2018-05-02", Deciding).ThenNothing()
            .When("2018-05-02", new EndMerge("m1")).Then(new DuplicateMerged("m1"))
            .When("2018-05-02", new EndMerge("m1", MergeRefusal.AlreadyMerged)).ThenNothing();
        Assert.Equal(MergeOutcome.Merged, municipality.State.Merges[0].Outcome);

        municipality.And("2018-05-03", Deciding with { MergeId = "m2" })
            .When("2018-05-03", new EndMerge("m2", MergeRefusal.AlreadyMerged))
            .Then(new DuplicateMergeRefused("m2", MergeRefusal.AlreadyMerged));
        Assert.Equal(
            (MergeOutcome.Refused, MergeRefusal.AlreadyMerged),
            (municipality.State.Merges[1].Outcome, municipality.State.Merges[1].Refusal));
    }

    [Fact]
    public void A_merge_that_has_begun_is_not_ended_by_what_was_judged_before_and_one_that_has_ended_never_begins()
    {
        var begun = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-05-01", Deciding)
            .When("2018-05-01", new BeginMerge("m1")).Then(new DuplicateMergeBegun("m1"))
            .When("2018-05-01", new BeginMerge("m1")).ThenNothing();
        begun.When("2018-05-02", new EndMerge("m1", MergeRefusal.ClientUnknown))
            .ThenRefused(RejectionCodes.MergeUnderWay, "mergeId");
        begun.When("2018-05-02", new EndMerge("m1", MergeRefusal.ClientErased, Begun: true))
            .Then(new DuplicateMergeRefused("m1", MergeRefusal.ClientErased))
            .When("2018-05-02", new BeginMerge("m1")).ThenRefused(RejectionCodes.MergeEnded, "mergeId");
    }

    [Fact]
    public void Every_decision_of_a_municipality_has_a_number_of_its_own()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-04-01", new AddSocialWorker("a"))
            .And("2018-05-01", Deciding).And("2018-05-01", new HandOverCaseload("h1", "b", "a"))
            .And("2018-05-01", new EndMerge("m1")).And("2018-05-01", Deciding with { MergeId = "m2" });

        Assert.Equal([1, 3], municipality.State.Merges.Select(merge => merge.Number));
        Assert.Equal(2, municipality.State.HandOvers.Single().Number);
    }

    [Fact]
    public void Two_merges_of_one_client_never_run_at_once()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-05-01", Deciding);
        municipality.When("2018-05-01", new MergeDuplicate("m2", "maija2", "maija", MergeGrounds.SameIdentifier))
            .ThenRefused(RejectionCodes.MergeUnderWay, "duplicateId");
        municipality.When("2018-05-01", Deciding with { SurvivorId = "leena" })
            .ThenRefused(RejectionCodes.MergeIdTaken, "mergeId");
        municipality.When("2018-05-01", new MergeDuplicate("m3", "leena", "leena", MergeGrounds.SameIdentifier))
            .ThenRefused(RejectionCodes.MergeWithItself, "duplicateId");
    }

    [Fact]
    public void What_registers_told_of_a_duplicate_is_told_of_the_survivor_each_with_its_own_day()
    {
        var period = new RecordEmploymentServicePeriod(EmploymentServiceStanding.Jobseeker, Day("2017-02-01"));
        var duplicate = GivenClient(Referred)
            .And("2018-02-10", new RecordBenefitMonth("2018-01", 50_000, 0))
            .And("2018-03-10", new RecordBenefitMonth("2018-02", 50_000, 20)).And("2018-03-11", period);
        var survivor = GivenClient(Referred)
            .And("2018-02-20", new RecordBenefitMonth("2018-01", 40_000, 0))
            .And("2018-03-01", new RecordBenefitMonth("2018-02", 40_000, 0));
        Assert.Null(Refusal(survivor.State, duplicate.State));

        survivor.When("2018-05-01", Absorbing(duplicate));
        Assert.Equal(
            [
                new BenefitMonthCorrected("2018-02", 50_000, 20, 40_000, 0, Day("2018-03-10")),
                new EmploymentServicePeriodRecorded(
                    EmploymentServiceStanding.Jobseeker, Day("2017-02-01"), null, Day("2018-03-11")),
            ],
            survivor.Latest.Events.Skip(1));
        survivor.And("2018-05-01", Absorbing(duplicate));
        Assert.Equal(
            [("2018-01", 40_000L, Day("2018-02-20")), ("2018-02", 50_000L, Day("2018-03-10"))],
            survivor.State.BenefitMonths.Select(month => (month.Month, month.AmountCents, month.KnownOn)));
        // A correction between the decision and the merge is still the newer one.
        Assert.Null(survivor.When("2018-04-01", new RecordBenefitMonth("2018-02", 0, 0)).Latest.Rejection);
    }

    [Fact]
    public void Nothing_happens_to_a_client_that_was_merged()
    {
        var duplicate = GivenClient(Referred)
            .When("2018-05-01", Retiring).Then(new MergedIntoSurvivor("m1", "maija"))
            .When("2018-05-02", Retiring).ThenNothing();

        duplicate.When("2018-05-02", Letter).ThenRefused(RejectionCodes.ClientMerged, "id");
        duplicate.When("2018-05-02", Retiring with { SurvivorId = "leena" })
            .Then(new MergeDeclined("m1", "leena", MergeRefusal.AlreadyMerged, 0));
    }

    [Fact]
    public void A_duplicate_whose_merge_is_undone_goes_on_and_that_merge_is_refused_for_good()
    {
        var undoing = new UndoMerge("m1", "maija", MergeRefusal.TooManyReferrals, Number: 1);
        var duplicate = GivenClient(Referred).When("2018-05-01", undoing).ThenNothing()
            .And("2018-05-01", Retiring).When("2018-05-01", undoing with { SurvivorId = "leena" }).ThenNothing()
            .When("2018-05-02", undoing).Then(new MergeUndone("m1", "maija", MergeRefusal.TooManyReferrals, 1))
            .When("2018-05-02", undoing).ThenNothing()
            .And("2018-05-02", Letter);

        Assert.Equal(1, duplicate.State.Referrals[0].ContactAttempts);
        Assert.Equal(MergeRefusal.TooManyReferrals, Refusal(GivenClient(Referred).State, duplicate.State));
        Assert.Null(Refusal(
            GivenClient(Referred).State,
            duplicate.State with
            {
                DeclinedMerges = [new DeclinedMerge("m1", "maija", MergeRefusal.ClientErased, 7)],
            }));
        duplicate.When("2018-05-03", Retiring with { Number = 1 }).ThenNothing()
            .When("2018-05-03", Retiring with { Number = 2 }).Then(new MergedIntoSurvivor("m1", "maija", 2));
    }

    [Fact]
    public void A_client_whose_merge_is_undone_has_its_worker_again()
    {
        var given = GivenClient(Referred).And("2018-04-01", new AssignWorker("w1", OwnWorker: true));
        var undone = given.And("2018-05-01", Retiring)
            .And("2018-05-02", new UndoMerge("m1", "maija", MergeRefusal.ClientErased, 1));

        Assert.Equal(given.State.Worker, undone.State.Worker);
        var row = new Register().With("maija2", Referred)
            .With(
                "maija2", On("2018-04-01", new AssignWorker("w1", OwnWorker: true)), On("2018-05-01", Retiring),
                On("2018-05-02", new UndoMerge("m1", "maija", MergeRefusal.ClientErased, 1))).Row("maija2");
        Assert.Equal((0, true), (row.Worker, row.OwnWorker));
    }

    [Fact]
    public void A_referral_that_waits_is_not_merged_into_a_client_whose_matter_is_closed()
    {
        var closed = GivenClient(Registered).And("2018-04-01", new CloseMatter(ClosingReason.GoalsReached));
        Assert.Equal(MergeRefusal.SurvivorClosed, Refusal(closed.State, GivenClient(Referred).State));
        closed.When("2018-05-01", Absorbing(GivenClient(Referred)))
            .Then(new MergeDeclined("m1", "maija2", MergeRefusal.SurvivorClosed, 0));

        var looked = GivenClient(Referred)
            .And("2018-04-01", new RecordReferralNotInvestigated("r1", Words("Ei tarvetta")));
        Assert.Null(Refusal(closed.State, looked.State));
        var later = looked.And("2018-04-02", new RecordContactAttempt(ContactChannel.Phone, true));
        Assert.Equal(MergeRefusal.SurvivorClosed, Refusal(closed.State, later.State));
    }

    [Fact]
    public void What_was_met_assessed_or_planned_is_never_merged_away()
    {
        Step[][] histories =
        [
            Booked, Assessed,
            [.. Registered, On("2018-02-01", new RecordEmploymentOutcome(EmploymentKind.Study, Day("2018-02-01")))],
            [.. Registered, On("2018-02-01", new RequestDiscussion())],
        ];
        Assert.All(histories, history => GivenClient(history).When("2018-05-01", Retiring)
            .Then(new MergeDeclined("m1", "maija", MergeRefusal.DuplicateHasCasework, 0)));
    }

    [Fact]
    public void What_a_client_declines_once_it_declines_for_good()
    {
        var moved = GivenClient(Referred).And("2018-04-01", new MoveToMunicipality("837"))
            .When("2018-05-01", Retiring with { Number = 4, Municipality = "320" })
            .Then(new MergeDeclined("m1", "maija", MergeRefusal.OtherMunicipality, 4))
            .And("2018-06-01", new MoveToMunicipality("320"));
        moved.When("2018-06-01", Retiring with { Number = 4, Municipality = "320" }).ThenNothing();

        var absorbing = new AbsorbDuplicate("m1", "maija2", new ContactTally(Letters: 1), Number: 4);
        var merged = GivenClient(Referred).And("2018-05-01", Retiring with { MergeId = "m0" })
            .When("2018-05-01", absorbing).Then(new MergeDeclined("m1", "maija2", MergeRefusal.AlreadyMerged, 4))
            .And("2018-05-02", new UndoMerge("m0", "maija", MergeRefusal.ClientErased))
            .When("2018-05-02", absorbing).ThenNothing();
        Assert.Empty(merged.State.Absorbed);
    }

    [Fact]
    public void The_survivor_takes_over_referrals_and_contacts_under_names_of_their_own()
    {
        var duplicate = GivenClient(Registered).And("2018-04-01", FromKela with { Reason = ReferralReason.Reduction20 })
            .And("2018-04-02", Letter);
        var survivor = GivenClient(Assessed).And("2018-03-10", FromKela).And("2018-03-11", Letter);
        survivor.And("2018-05-01", Absorbing(duplicate)).When("2018-05-01", Absorbing(duplicate)).ThenNothing();

        Assert.Equal(["r1", "r1-2"], survivor.State.Referrals.Select(known => known.Received.ReferralId));
        Assert.Equal(Day("2018-04-01"), survivor.State.Referrals[1].ReceivedOn);
        Assert.Equal((2, Day("2018-04-02")), (survivor.State.Contacts.Letters, survivor.State.Contacts.LastOn));
        survivor.And("2018-05-02", Letter with { ReferralId = "r1-2" });
        Assert.Equal(2, survivor.State.Referrals[1].ContactAttempts);
    }

    [Fact]
    public void The_same_referral_sent_for_both_is_one()
    {
        var survivor = GivenClient(Referred).And("2018-05-01", Absorbing(GivenClient(Referred)));

        Assert.Single(survivor.State.Referrals);
    }

    [Fact]
    public void The_newest_referral_is_worked_on_whoever_received_it()
    {
        var duplicate = GivenClient(Registered)
            .And("2018-04-01", FromKela with { Reason = ReferralReason.Reduction20, Over75 = true, Urgency = 1 });
        var register = new Register().With("maija", Referred)
            .With("maija", On("2018-02-02", Letter), On("2018-05-01", Absorbing(duplicate)));

        Assert.Equal(["maija"], register.On(WorklistKind.ContactOverdue, "2018-05-02"));
        Assert.Equal(["maija"], register.On(WorklistKind.AssessmentStartsDue, "2018-05-02"));
        Assert.Equal(ReferralReason.Reduction20, register.Row("maija").Chain.Reason);
    }

    [Fact]
    public void Only_two_identity_codes_say_that_there_are_two_persons()
    {
        var temporary = GivenClient(Referred).State;
        var coded = GivenClient(On("2018-01-15", OfCode("131052-308T"))).State;
        var artificial = GivenClient(On("2018-01-15", OfCode("120464-901J"))).State;
        Assert.Null(Refusal(coded, temporary));
        Assert.Null(Refusal(coded, coded));
        Assert.Null(Refusal(coded, artificial));
        Assert.Null(Refusal(artificial, GivenClient(On("2018-01-15", OfCode("131052-900W"))).State));
        Assert.Equal(
            MergeRefusal.DifferentIdentityCodes,
            Refusal(coded, GivenClient(On("2018-01-15", OfCode("010100-002H"))).State));
    }

    [Fact]
    public void What_cannot_be_merged_is_told_why()
    {
        var one = GivenClient(Referred).State;
        Assert.Equal(MergeRefusal.ClientUnknown, Refusal(null, one));
        Assert.Equal(MergeRefusal.ClientUnknown, Refusal(one, ClientDecider.Initial));
        Assert.Equal(
            MergeRefusal.ClientUnknown,
            Refusal(one, GivenClient(Referred).And("2018-03-01", new MoveToMunicipality("837")).State));
        Assert.Equal(MergeRefusal.DuplicateHasCasework, Refusal(one, GivenClient(Planned).State));
        var merged = GivenClient(Referred).And("2018-05-01", Retiring with { MergeId = "m0" }).State;
        Assert.Equal(MergeRefusal.AlreadyMerged, Refusal(one, merged));
        Assert.Equal(MergeRefusal.AlreadyMerged, Refusal(merged, one));
        Assert.Null(Refusal(one, GivenClient(Referred).And("2018-05-01", Retiring).State));
        // An id that was taken anew for another survivor is not the merge that ended the duplicate.
        var elsewhere = GivenClient(Referred).And("2018-05-01", Retiring with { SurvivorId = "another" }).State;
        Assert.Equal(MergeRefusal.AlreadyMerged, Refusal(one, elsewhere));
        var many = one with { Referrals = [.. Enumerable.Repeat(one.Referrals[0], Limits.Referrals)] };
        Assert.Equal(MergeRefusal.TooManyReferrals, Refusal(many, one));
        var periods = Enumerable.Range(0, Limits.EmploymentServicePeriods).Select(at => new EmploymentServicePeriod(
            EmploymentServiceStanding.Jobseeker, Day("2016-01-01").AddDays(at), null, Day("2018-01-01"))).ToArray();
        var full = one with { EmploymentServicePeriods = periods };
        Assert.Null(Refusal(full, full));
        Assert.Equal(
            MergeRefusal.TooManyPeriods,
            Refusal(full, one with { EmploymentServicePeriods = [periods[0] with { StartsOn = Day("2015-01-01") }] }));
        var erased = one with { ErasedOn = Scenario.Day("2018-06-01") };
        Assert.Equal(MergeRefusal.ClientErased, Refusal(erased, one));
        Assert.Equal(MergeRefusal.ClientErased, Refusal(one, erased));
    }

    private static RegisterClient OfCode(string code) => Sample.Register with
    {
        BirthYear = 1900 + int.Parse(code[4..6]),
        PersonalIdentityCode = Words(code),
        TemporaryIdentifier = null,
    };

    private static MergeRefusal? Refusal(ClientState? survivor, ClientState? duplicate) =>
        DuplicateCheck.Refusal(
            survivor, duplicate, code => code == "320",
            new DuplicateMerge(
                "m1", Retiring.SurvivorId, "maija2", MergeGrounds.SameIdentifier, Scenario.Day("2018-05-01"),
                Number: 1));

    private static AbsorbDuplicate Absorbing(Given<ClientState> duplicate) =>
        new("m1", "maija2", duplicate.State.Contacts)
        {
            Referrals = duplicate.State.Referrals,
            BenefitMonths = duplicate.State.BenefitMonths,
            EmploymentServicePeriods = duplicate.State.EmploymentServicePeriods,
        };
}
