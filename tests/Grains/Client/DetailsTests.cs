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

    [Theory]
    [InlineData("Lah\0tinen")]
    [InlineData("Lah\r\ntinen")]
    [InlineData("x \u202e y")]
    [Trait("case", "38")]
    public void A_name_is_one_line_of_characters_that_show(string name) => GivenClient(Registered)
        .When("2018-06-01", Renamed with { FirstNames = Words(name) })
        .ThenRefused(RejectionCodes.TextUnprintable, "firstNames");

    [Fact]
    public void An_identifier_is_one_line_of_characters_that_show() => GivenClient(Registered)
        .When("2018-06-01", Renamed with { TemporaryIdentifier = Words("T\n2") })
        .ThenRefused(RejectionCodes.TextUnprintable, "temporaryIdentifier");

    [Fact]
    [Trait("case", "04")]
    public void Data_of_an_earlier_day_do_not_replace_those_of_a_later_one()
    {
        var client = GivenClient(Registered).And("2018-09-01", Renamed);
        var earlier = Renamed with { LastName = Words("Vanhanimi") };

        client.When("2018-07-01", earlier).ThenRefused(RejectionCodes.DetailsTooEarly, "occurredOn");
        client.When("2018-07-01", Renamed).ThenNothing();
        Assert.Equal("Vanhanimi", client.And("2018-09-01", earlier).State.Registered!.LastName.Reveal());
    }
}
