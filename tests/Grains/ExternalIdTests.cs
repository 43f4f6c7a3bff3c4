using OsstOrleans.Grains.ExternalId;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Whom an identifier of another system means.</summary>
public sealed class ExternalIdTests
{
    [Fact]
    public void An_identifier_comes_to_mean_a_client_once()
    {
        var id = GivenExternalId()
            .When("2018-02-01", new LinkExternalId("maija"))
            .Then(new ExternalIdLinked("maija"));

        id.When("2018-02-02", new LinkExternalId("maija")).ThenNothing();
        Assert.Equal("maija", id.State.ClientId);
    }

    [Fact]
    public void It_never_comes_to_mean_another() => GivenExternalId(On("2018-02-01", new LinkExternalId("maija")))
        .When("2018-02-02", new LinkExternalId("matti"))
        .ThenRefused(RejectionCodes.ExternalIdTaken, "externalId");

    [Fact]
    public void A_client_is_named_by_a_grains_key() => GivenExternalId()
        .When("2018-02-01", new LinkExternalId("not an id"))
        .ThenRefused(RejectionCodes.IdInvalid, "clientId");
}
