using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>What other systems write in their own way, and what a line leaves in the log.</summary>
public sealed class LineFormTests : LinePlace
{
    [Fact]
    public async Task A_notification_may_have_an_identifier_of_any_form_and_is_one_referral_by_it()
    {
        var notice = Notice("K", Tampere).Replace("\"n1\"", "\"2026/123.A\"", StringComparison.Ordinal);
        await Accepted(Kela, ImportKind.KelaNotifications, notice);
        Assert.Equal(LineStatus.Duplicate, (await Send(Kela, ImportKind.KelaNotifications, notice)).Status);
        var received = Assert.Single((await ClientOf(Keys.ExternalId("kela", "K"))).Referrals).Received;
        Assert.True(GrainName.IsValidKey(received.ReferralId));
        var hidden = notice.Replace("2026", "\\u202e", StringComparison.Ordinal);
        Assert.Equal(
            RejectionCodes.IdInvalid, (await Send(Kela, ImportKind.KelaNotifications, hidden)).Why?.Code);
    }

    [Theory]
    [InlineData("010180-901s", "PERSONAL_IDENTITY_CODE_INVALID")]
    [InlineData("010180\\u20139015", null)]
    public async Task An_identity_code_is_read_as_spreadsheets_write_it_and_says_the_year(string code, string? why)
    {
        var line = $$"""
            {"externalId":"K","municipality":"837","lastName":"Virtanen","firstNames":"Aino",
             "personalIdentityCode":"{{code}}","synthetic":true,"occurredOn":"2018-02-01"}
            """;
        Assert.Equal(why, (await Send(Kela, ImportKind.Clients, line)).Why?.Code);
        if (why is null)
        {
            var client = (await ClientOf(Keys.ExternalId("kela", "K"))).Registered!;
            Assert.Equal(("010180-9015", 1980), (client.PersonalIdentityCode!.Value.Reveal(), client.BirthYear));
        }
    }

    [Fact]
    public async Task What_follows_a_move_in_one_line_belongs_to_the_register_that_it_leads_to()
    {
        await Accepted(Kela, ImportKind.Clients, Person("K", Tampere));
        await Accepted(Kela, ImportKind.Clients, Person("K", Oulu, "Uusi", day: "2018-05-01"));
        var client = GrainName.Client(Keys.ClientOf(Keys.ExternalId("kela", "K")));
        Assert.Equal(
            [("client.registered", Tampere), ("client.moved", Tampere), ("client.details-changed", Oulu)],
            (await Silo.Store.Load(client)).Events.Select(stored => (stored.Type, stored.Municipality)));
    }

    [Fact]
    public async Task A_sender_for_several_registers_says_of_which_one_the_client_is()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        var line = Month("X").Replace("\"externalId\":\"X\"", "\"clientId\":\"maija\"", StringComparison.Ordinal);
        var refused = await Send(Kela, ImportKind.BenefitMonths, line);
        Assert.Equal((RejectionCodes.FieldRequired, "municipality"), (refused.Why?.Code, refused.Why?.Field));
        await Accepted(OfTampere, ImportKind.BenefitMonths, line);
        var asked = Ask(Letter);
        var elsewhere = await Silo.Grains.Execute(
            Maija, asked.Command, asked.Envelope with { Register = Oulu });
        Assert.Equal(RejectionCodes.OtherMunicipality, elsewhere.Rejection?.Code);
        Assert.Equal("register", elsewhere.Rejection?.Field);
        var here = await Silo.Grains.Execute(Maija, asked.Command, asked.Envelope with { Register = Tampere });
        Assert.Equal(ReplyKind.Accepted, here.Kind);
    }
}
