using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class MatterTests
{
    public static TheoryData<string> StepsOfAMatter =>
        [.. Steps.Select(command => command.GetType().Name)];

    private static IEnumerable<IClientCommand> Steps =>
    [
        new MoveToMunicipality("837"), FromKela, new RecordReferralNotInvestigated("r1", Words("No staff")),
        new RecordContactAttempt(ContactChannel.Phone, true), Booking, new AttendMeeting("m1"), new MissMeeting("m1"),
        new CancelMeeting("m1", CancellationCause.Client), Assessing, new AssignWorker("w1", true),
        Planning with { PlanId = "p2" }, Reviewing, new GiveDropInConsent(), new RecordDropInAttendance("kemijarvi-1"),
        new CloseMatter(ClosingReason.Other),
    ];

    [Fact]
    public void A_matter_is_closed()
    {
        var client = GivenClient(Planned)
            .When("2018-12-31", new CloseMatter(ClosingReason.WorkOrStudy, Words("Found a job")))
            .Then(new MatterClosed(ClosingReason.WorkOrStudy, Words("Found a job")));

        Assert.Equal(new Closing(ClosingReason.WorkOrStudy, Day("2018-12-31")), client.State.Closed);
    }

    [Theory]
    [MemberData(nameof(StepsOfAMatter))]
    public void A_closed_matter_takes_no_step(string command) => GivenClient(Closed)
        .When("2019-01-10", Steps.Single(step => step.GetType().Name == command))
        .ThenRefused(RejectionCodes.MatterIsClosed, "id");

    [Fact]
    public void A_known_referral_sent_again_after_the_closing_is_still_one() => GivenClient(Referred)
        .And("2018-12-31", new CloseMatter(ClosingReason.NotReached))
        .When("2018-02-01", FromKela)
        .ThenNothing();

    [Fact]
    public void Registers_go_on_after_the_closing() => GivenClient(Closed)
        .And("2019-01-10", new RecordBenefitMonth("2018-12", 0, 0))
        .And("2019-01-10", new RecordEmploymentOutcome(EmploymentKind.OpenLabourMarket, Day("2019-01-07")));

    [Fact]
    public void A_matter_is_reopened_and_goes_on() => GivenClient(Closed)
        .When("2019-02-01", new ReopenMatter(Words("Came back")))
        .Then(new MatterReopened(Words("Came back")))
        .And("2019-02-02", Reviewing);

    [Fact]
    public void An_open_matter_is_not_reopened() => GivenClient(Planned)
        .When("2019-02-01", new ReopenMatter())
        .ThenRefused(RejectionCodes.MatterIsOpen, "id");

    [Fact]
    public void A_matter_is_reopened_after_its_closing() => GivenClient(Closed)
        .When("2018-12-30", new ReopenMatter())
        .ThenRefused(RejectionCodes.ReopeningBeforeClosing, "occurredOn");

    [Fact]
    public void A_client_is_erased_ten_years_after_the_closing_and_not_before() => GivenClient(Closed)
        .When("2019-12-31", new EraseClient(ErasureReason.RetentionEnded))
        .ThenRefused(RejectionCodes.RetentionNotEnded, "reason");

    [Fact]
    public void Of_an_erased_client_nothing_more_is_recorded()
    {
        var client = GivenClient(Registered)
            .When("2019-01-02", new EraseClient(ErasureReason.RegisteredInError))
            .Then(new ClientErased(ErasureReason.RegisteredInError));
        Assert.Equal(Day("2019-01-02"), client.State.ErasedOn);
        client.When("2019-01-03", new EraseClient(ErasureReason.Ordered)).ThenNothing();
        client.When("2019-01-03", FromKela).ThenRefused(RejectionCodes.ClientErased, "id");
    }
}
