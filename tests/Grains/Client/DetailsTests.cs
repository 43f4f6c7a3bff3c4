using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>A client's basic data, told again by a register.</summary>
public sealed class DetailsTests
{
    private static readonly ChangeClientDetails Renamed =
        new(Words("Uusinimi"), Words("Esimerkki"), 1979, TemporaryIdentifier: Words("T-2"));

    [Fact]
    public void A_new_name_replaces_the_old()
    {
        var client = GivenClient(Registered).And("2018-06-01", Renamed);

        Assert.Equal("Uusinimi", client.State.Registered!.LastName.Reveal());
        Assert.Equal(1979, client.State.Registered.BirthYear);
        client.When("2018-07-01", Renamed).ThenNothing();
    }

    [Fact]
    public void Exactly_one_identifier_stays_the_rule() => GivenClient(Registered)
        .When("2018-06-01", Renamed with { TemporaryIdentifier = null })
        .ThenRefused(RejectionCodes.ExactlyOneIdentifier, "personalIdentityCode");

    [Fact]
    public void A_name_is_not_empty() => GivenClient(Registered)
        .When("2018-06-01", Renamed with { LastName = Words(" ") })
        .ThenRefused(RejectionCodes.FieldRequired, "lastName");
}
