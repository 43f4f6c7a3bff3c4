using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>How a client is reached.</summary>
public sealed class ContactDetailTests
{
    private static readonly RecordContactDetails Given = new(
        Words("040 123-4567"), Email: Words("esimerkki@example.org"), StreetAddress: Words("Esimerkkikatu 1 A 2"),
        PostalCode: Words("33100"), City: Words("Tampere"), Language: Words("ar"), NeedsInterpreter: true,
        Prefers: ContactPreference.TextMessage);

    [Fact]
    public void What_is_recorded_stands_until_it_is_recorded_anew_and_what_is_absent_is_known_no_more()
    {
        var client = GivenClient(Registered).And("2018-06-01", Given);
        var details = client.State.ContactDetails!;
        Assert.Equal("+358401234567", details.Recorded.Phone?.Reveal());
        Assert.Equal((Day("2018-06-01"), true), (details.KnownOn, details.Recorded.NeedsInterpreter));
        client.When("2018-06-01", Given with { Phone = Words("+358 40 1234567") }).ThenNothing();
        client.When("2018-07-01", Given with { Phone = Words("+358 40 1234567") })
            .Then(new FactConfirmed(ConfirmedFact.ContactDetails));

        client = client.And("2018-07-01", new RecordContactDetails(OtherPhone: Words("00 46 8 123 456")));
        Assert.Equal("+468123456", client.State.ContactDetails!.Recorded.OtherPhone?.Reveal());
        Assert.Null(client.State.ContactDetails.Recorded.Phone);
        client.When("2018-06-15", Given).ThenRefused(RejectionCodes.DetailsTooEarly, "occurredOn");
    }

    [Fact]
    public void Nothing_is_nothing_new() =>
        GivenClient(Registered).When("2018-06-01", new RecordContactDetails(Phone: Words(" "))).ThenNothing();

    [Theory]
    [InlineData("soita")]
    [InlineData("12345")]
    [InlineData("040")]
    [InlineData("+0401234567")]
    [InlineData("+1234567890123456")]
    public void A_number_has_the_form_of_numbers(string phone) => GivenClient(Registered)
        .When("2018-06-01", new RecordContactDetails(OtherPhone: Words(phone)))
        .ThenRefused(RejectionCodes.PhoneInvalid, "otherPhone");

    [Theory]
    [InlineData("esimerkki")]
    [InlineData("a@b@c")]
    [InlineData("@example.org")]
    [InlineData("a b@example.org")]
    public void An_address_of_mail_has_the_form_of_addresses(string email) => GivenClient(Registered)
        .When("2018-06-01", new RecordContactDetails(Email: Words(email)))
        .ThenRefused(RejectionCodes.EmailInvalid, "email");

    [Theory]
    [InlineData("Finnish")]
    [InlineData("FI")]
    [InlineData("f1")]
    public void A_language_is_a_code(string language) => GivenClient(Registered)
        .When("2018-06-01", new RecordContactDetails(Language: Words(language)))
        .ThenRefused(RejectionCodes.LanguageInvalid, "language");

    [Fact]
    public void An_address_is_one_line() => GivenClient(Registered)
        .When("2018-06-01", new RecordContactDetails(StreetAddress: Words("Katu 1\n33100")))
        .ThenRefused(RejectionCodes.TextUnprintable, "streetAddress");
}
