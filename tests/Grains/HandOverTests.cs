using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>A worker's caseload goes to another worker by one decision.</summary>
public sealed class HandOverTests
{
    private static readonly HandOverCaseload FromAino = new("h1", "aino", "eino");

    private static Step[] WithEino => [On("2018-01-01", Kemijarvi), On("2018-01-02", new AddSocialWorker("eino"))];

    [Fact]
    public void A_caseload_is_handed_over_once_and_ends_once()
    {
        var municipality = GivenMunicipality(WithEino)
            .When("2018-05-01", FromAino).Then(new CaseloadHandOverDecided("h1", "aino", "eino"))
            .When("2018-05-02", FromAino).ThenNothing()
            .When("2018-05-02", new EndHandOver("h1")).Then(new CaseloadHandedOver("h1"))
            .When("2018-05-03", new EndHandOver("h1")).ThenNothing();

        Assert.Equal(
            [new CaseloadHandOver("h1", "aino", "eino", Day("2018-05-01"), Day("2018-05-02"), Number: 1)],
            municipality.State.HandOvers);
        municipality.When("2018-05-04", FromAino with { FromWorkerId = "liisa" })
            .ThenRefused(RejectionCodes.HandOverIdTaken, "handOverId");
    }

    [Fact]
    public void Who_takes_over_is_another_worker_of_the_municipality()
    {
        GivenMunicipality(WithEino).When("2018-05-01", FromAino with { FromWorkerId = "eino" })
            .ThenRefused(RejectionCodes.HandOverToSelf, "toWorkerId");
        GivenMunicipality(WithEino).When("2018-05-01", FromAino with { ToWorkerId = "liisa" })
            .ThenRefused(RejectionCodes.WorkerUnknown, "toWorkerId");
    }

    [Fact]
    public void Two_hand_overs_never_race_for_the_same_clients()
    {
        var municipality = GivenMunicipality([.. WithEino, On("2018-01-02", new AddSocialWorker("liisa"))])
            .And("2018-05-01", FromAino);
        municipality.When("2018-05-01", FromAino with { HandOverId = "h2", ToWorkerId = "liisa" })
            .ThenRefused(RejectionCodes.HandOverUnderWay, "fromWorkerId");
        municipality.When("2018-05-01", new HandOverCaseload("h2", "eino", "liisa"))
            .ThenRefused(RejectionCodes.HandOverUnderWay, "fromWorkerId");
        municipality.And("2018-05-01", new EndHandOver("h1"))
            .And("2018-05-02", new HandOverCaseload("h2", "eino", "liisa"));
    }

    [Fact]
    public void An_own_worker_is_followed_by_an_own_worker()
    {
        var handOver = new HandOverClient("h1", "aino", "eino");
        var client = GivenClient(Assessed).And("2018-03-02", new AssignWorker("aino", true))
            .When("2018-05-01", handOver).Then(new ClientHandedOver("h1", "aino", "eino", true))
            .When("2018-05-01", handOver).ThenNothing();

        Assert.Equal(new AssignedWorker("eino", true, Day("2018-05-01")), client.State.Worker);
    }

    [Fact]
    public void A_client_of_another_worker_is_left_as_is_and_a_closed_matter_goes_along()
    {
        GivenClient(Assessed).And("2018-03-02", new AssignWorker("liisa", true))
            .When("2018-05-01", new HandOverClient("h1", "aino", "eino")).ThenNothing();
        GivenClient(Assessed).And("2018-03-02", new AssignWorker("aino", true))
            .And("2018-04-01", new CloseMatter(ClosingReason.Other))
            .When("2018-05-01", new HandOverClient("h1", "aino", "eino"))
            .Then(new ClientHandedOver("h1", "aino", "eino", true));
    }

    [Fact]
    public void The_caseload_counts_the_client_for_the_worker_who_took_over()
    {
        var register = new Register().With("a", Planned)
            .With("a", On("2018-03-11", new AssignWorker("aino", true)))
            .With("a", On("2018-05-01", new HandOverClient("h1", "aino", "eino")));

        Assert.Equal(["a"], register.Caseload.ClientsOf("eino", open: true));
        Assert.Empty(register.Caseload.ClientsOf("aino", open: false));
        Assert.Empty(register.On(WorklistKind.PlansWithoutWorker, "2018-05-02"));
        register.With("a", On("2018-06-01", new CloseMatter(ClosingReason.Other)));
        Assert.Empty(register.Caseload.ClientsOf("eino", open: true));
        Assert.Equal(["a"], register.Caseload.ClientsOf("eino", open: false));
    }

    [Fact]
    public void A_worker_has_as_many_clients_as_the_municipality_allows()
    {
        var municipality = GivenMunicipality(WithEino).When("2018-01-03", new SetCaseloadLimit(0));
        municipality.ThenRefused(RejectionCodes.OutOfRange, "clients");
        municipality.When("2018-01-03", new SetCaseloadLimit(30)).Then(new CaseloadLimitSet(30))
            .When("2018-01-04", new SetCaseloadLimit(30)).ThenNothing();

        Assert.Null(CaseloadLimits.Refusal(municipality.State, 29, 1, "workerId"));
        var full = CaseloadLimits.Refusal(municipality.State, 29, 2, "workerId")!;
        Assert.Equal((RejectionCodes.CaseloadFull, "workerId"), (full.Code, full.Field));
        municipality.And("2018-01-05", new SetCaseloadLimit());
        Assert.Null(CaseloadLimits.Refusal(municipality.State, 29_000, 1, "workerId"));
    }
}
