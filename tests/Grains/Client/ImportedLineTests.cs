using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Lines of other systems: each is taken whole or not at all.</summary>
public sealed class ImportedLineTests
{
    private static readonly ReceiveReferral Referral = new("n1", ReferralSource.Kela, ReferralReason.Need, 3);

    [Fact]
    public void A_referral_registers_a_client_nobody_knew_or_nobody()
    {
        GivenClient().When("2018-02-01", new ImportReferral(Referral, null, null))
            .ThenRefused(RejectionCodes.NotRegistered, "id");
        GivenClient().When("2018-02-01", new ImportReferral(Referral with { Urgency = 99 }, null, Register))
            .ThenRefused(RejectionCodes.OutOfRange, "urgency");
        var taken = GivenClient().When("2018-02-01", new ImportReferral(Referral, Register.Municipality, Register));
        Assert.Equal(
            [typeof(ClientRegistered), typeof(ReferralReceived)], taken.Latest.Events.Select(e => e.GetType()));
    }

    [Fact]
    public void A_referral_for_another_municipality_than_the_client_s_is_refused() =>
        GivenClient(On("2018-01-01", Register))
            .When("2018-02-01", new ImportReferral(Referral, "564", Register with { Municipality = "564" }))
            .ThenRefused(RejectionCodes.OtherMunicipality, "municipality");

    [Fact]
    public void Data_and_municipality_change_together_or_not_at_all()
    {
        var moved = new ImportClient(Register with { Municipality = "564", BirthYear = Register.BirthYear + 1 }, false);
        GivenClient().When("2018-02-01", moved).ThenRefused(RejectionCodes.NotRegistered, "id");
        var client = GivenClient(On("2018-01-01", Register));
        client.When("2018-01-01", new ImportClient(Register, true)).ThenNothing();
        var taken = client.When("2018-02-01", moved);
        Assert.Equal(
            [typeof(ClientDetailsChanged), typeof(ClientMoved)], taken.Latest.Events.Select(e => e.GetType()));
        client.When("2018-03-01", new ImportClient(moved.Person with { Municipality = "nowhere" }, false))
            .ThenRefused(RejectionCodes.MunicipalityCodeInvalid, "municipality");
    }
}
