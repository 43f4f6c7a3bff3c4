using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>The client's own right to know who used and who got the client's data (703/2023 11 §).</summary>
public sealed class LogRequestTests
{
    private static readonly RequestLogReport Asking = new("l1");

    private static readonly string Here = Sample.Register.Municipality;

    private static Given<ClientState> Known => GivenClient(On("2018-01-01", Sample.Register));

    [Fact]
    public void A_request_is_about_the_two_years_before_unless_it_says_its_days()
    {
        var asked = Known.When("2019-06-01", Asking).Then(new LogReportRequested(
            "l1", Day("2017-06-01"), Day("2019-06-01"), MayCost: false, null, null)
        { Register = Here });
        asked.When("2019-06-01", Asking).ThenNothing();
        asked.When("2019-06-02", Asking).ThenRefused(RejectionCodes.LogRequestIdTaken, "requestId");
        Known.When("2019-06-01", Asking with { To = Day("2019-06-02") })
            .ThenRefused(RejectionCodes.OutOfRange, "to");
        Known.When("2019-06-01", Asking with { From = Day("2019-05-01"), To = Day("2019-04-01") })
            .ThenRefused(RejectionCodes.PeriodReversed, "to");
        Assert.Equal(Day("2019-08-01"), LogRequests.DueOn(Day("2019-06-01")));
    }

    [Fact]
    public void Older_lines_need_a_special_reason()
    {
        var older = Asking with { From = Day("2016-01-01") };
        Known.When("2019-06-01", older).ThenRefused(RejectionCodes.FieldRequired, "reason");
        Known.When("2019-06-01", older with { Reason = Words(" ") })
            .ThenRefused(RejectionCodes.FieldRequired, "reason");
        Known.When("2019-06-01", older with { Reason = Words("A trial") }).Then(new LogReportRequested(
            "l1", Day("2016-01-01"), Day("2019-06-01"), MayCost: false, Words("A trial"), null)
        {
            Register = Here,
        });
    }

    [Fact]
    public void A_request_is_answered_once_also_after_the_closing()
    {
        var closed = Known.And("2019-01-01", new CloseMatter(ClosingReason.Other)).And("2019-06-01", Asking);
        closed.When("2019-06-02", new GiveLogReport("l2")).ThenRefused(RejectionCodes.LogRequestUnknown, "requestId");
        closed.When("2019-05-31", new GiveLogReport("l1")).ThenRefused(RejectionCodes.OutOfRange, "occurredOn");
        closed.When("2019-06-02", new RefuseLogReport("l1", Words("")))
            .ThenRefused(RejectionCodes.FieldRequired, "grounds");
        var given = closed.When("2019-06-02", new GiveLogReport("l1")).Then(
            new LogReportGiven("l1", null) { Register = Here, By = At("2019-06-02").Actor });
        given.When("2019-06-03", new GiveLogReport("l1")).ThenNothing();
        given.When("2019-06-03", new RefuseLogReport("l1", Words("A danger")))
            .ThenRefused(RejectionCodes.LogRequestAnswered, "requestId");
    }

    [Fact]
    public void A_further_answer_within_a_year_may_cost_and_a_refusal_costs_none()
    {
        var once = Known.And("2018-06-01", Asking).And("2018-07-01", new GiveLogReport("l1"));
        Assert.True(MayCost(once, "2019-06-30"));
        Assert.False(MayCost(once, "2019-07-01"));
        var refused = Known.And("2018-06-01", Asking).And("2018-07-01", new RefuseLogReport("l1", Words("A danger")));
        Assert.False(MayCost(refused, "2018-07-02"));

        static bool MayCost(Given<ClientState> before, string day) =>
            before.And(day, Asking with { RequestId = $"l-{day}" }).State.LogRequests[^1].MayCost;
    }

    [Fact]
    public void What_waits_for_an_answer_is_on_the_registers_list_until_it_is_answered()
    {
        var register = new Register().With(
            "maija", On("2018-01-15", Sample.Register), On("2018-03-01", Asking with { RequestId = "l0" }),
            On("2018-03-02", new GiveLogReport("l0")), On("2018-06-01", Asking));
        var waiting = Assert.Single(Waiting(register));
        Assert.Equal(
            ("maija", "l1", Day("2018-08-01"), true),
            (waiting.ClientId, waiting.RequestId, waiting.DueOn, waiting.MayCost));
        register.With("maija", On("2018-06-04", new RefuseLogReport("l1", Words("A danger"))));
        Assert.Empty(Waiting(register));
        Assert.Equal(
            [
                ("l0", LogRequestOutcome.Given, Day("2018-03-02"), At("2018-03-02").Actor),
                ("l1", LogRequestOutcome.Refused, Day("2018-06-04"), At("2018-06-04").Actor),
            ],
            register.Caseload.LogRequests.Select(request =>
                (request.RequestId, request.Outcome!.Value, request.AnsweredOn!.Value, request.AnsweredBy!)));
    }

    [Fact]
    public void A_request_stays_with_the_register_where_it_was_made_when_the_client_moves()
    {
        var (register, next) = (new Register().With(
            "maija", On("2018-01-15", Sample.Register), On("2018-06-01", Asking)).Caseload,
            new MunicipalityCaseload("680"));
        register.Release("maija");
        Assert.Single(register.LogRequests);
        var asked = new LogReportRequested("l1", default, default, false, null, null) { Register = register.Code };
        next.Admit("maija", 1, [(1, asked, Day("2018-06-01"))]);
        Assert.Empty(next.LogRequests);
        register.ApplyElsewhere(
            "maija", new LogReportGiven("l1", null) { Register = register.Code }, Day("2018-06-05"));
        Assert.Equal(LogRequestOutcome.Given, Assert.Single(register.LogRequests).Outcome);
        var moved = Known.And("2019-02-01", Asking).And("2019-03-01", new MoveToMunicipality("680")).State;
        Assert.Equal(Here, ClientDecider.LeftTo(moved, new GiveLogReport("l1")));
        Assert.Null(ClientDecider.LeftTo(moved, new RequestLogReport("l1")));
    }

    [Fact]
    public void An_erasure_waits_for_the_answer_and_a_request_can_be_taken_back()
    {
        var erase = new EraseClient(ErasureReason.RegisteredInError);
        var asked = Known.And("2018-06-01", Asking);
        asked.When("2018-06-02", erase).ThenRefused(RejectionCodes.LogRequestWaits, "id");
        var withdrawn = asked.When("2018-06-02", new WithdrawLogRequest("l1")).Then(
            new LogReportWithdrawn("l1") { Register = Here, By = At("2018-06-02").Actor });
        withdrawn.When("2018-06-02", new WithdrawLogRequest("l1")).ThenNothing();
        withdrawn.When("2018-06-02", new GiveLogReport("l1"))
            .ThenRefused(RejectionCodes.LogRequestAnswered, "requestId");
        withdrawn.When("2018-06-03", erase).Then(new ClientErased(ErasureReason.RegisteredInError));
        var again = Known.And("2018-06-01", Asking).And("2018-06-02", new WithdrawLogRequest("l1"))
            .And("2018-06-03", Asking with { RequestId = "l2" });
        Assert.False(again.State.LogRequests[^1].MayCost);
    }

    [Fact]
    public void A_request_of_a_client_whom_an_earlier_version_erased_waits_no_more()
    {
        var register = new Register().With(
            "maija", On("2018-01-15", Sample.Register), On("2018-06-01", Asking)).Caseload;
        register.Apply(
            "maija", register.VersionOf("maija")!.Value + 1, 99, new ClientErased(ErasureReason.Ordered),
            Day("2018-06-02"));
        Assert.Empty(register.LogRequests);
    }

    private static IEnumerable<RegisterLogRequest> Waiting(Register register) =>
        register.Caseload.LogRequests.Where(request => request.Outcome is null);
}
