using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Of data from elsewhere: from whom, by which link, who asked, for what and on what basis (39 §).</summary>
public sealed class DataSourceTests
{
    private const string Kela = "integration/kela-files";

    private static readonly DeclareDataSource Months = new(
        DataFromElsewhere.BenefitMonths, "Kela, register of benefits", "monthly file", "Office of adult social work",
        "assessing the need for services", "1412/1997 18 f §");

    [Fact]
    public void A_source_holds_from_its_day_until_the_next_for_the_same_data()
    {
        var register = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-02-01", Months)
            .When("2018-03-01", Months).ThenNothing()
            .And("2018-04-01", Months with { Link = null, LegalBasis = "another law" }).State;
        var month = new BenefitMonthRecorded("2018-01", 0, 0);
        Assert.Null(DataOrigins.Of(register, month, Kela, Day("2018-01-31")));
        Assert.Equal("monthly file", DataOrigins.Of(register, month, Kela, Day("2018-03-31"))!.Declared.Link);
        Assert.Equal("another law", DataOrigins.Of(register, month, Kela, Day("2018-04-01"))!.Declared.LegalBasis);
        Assert.Null(DataOrigins.Of(register, new SecurityBanSet(), Kela, Day("2018-04-01")));
    }

    /// <summary>A month on assistance is Kela's whoever records it; a name is the register's own when staff writes it.
    /// </summary>
    [Fact]
    public void What_the_registers_own_staff_wrote_is_from_nowhere_else()
    {
        var register = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-02-01", Months)
            .And("2018-02-01", Months with { Data = DataFromElsewhere.BasicData })
            .And("2018-02-01", Months with { Data = DataFromElsewhere.Referrals }).State;
        var day = Day("2018-03-01");
        var details = GivenClient().When("2018-02-15", Sample.Register).Latest.Events[0];
        Assert.NotNull(DataOrigins.Of(register, details, Kela, day));
        Assert.Null(DataOrigins.Of(register, details, Eino, day));
        Assert.NotNull(DataOrigins.Of(register, new BenefitMonthRecorded("2018-01", 0, 0), Eino, day));
        var referral = (ReferralReceived)GivenClient(Registered).When("2018-02-01", FromKela).Latest.Events[0];
        Assert.NotNull(DataOrigins.Of(register, referral, Eino, day));
        Assert.Null(DataOrigins.Of(register, referral with { Source = ReferralSource.ClientOwnContact }, Eino, day));
    }

    [Theory]
    [InlineData("giver")]
    [InlineData("askedBy")]
    [InlineData("purpose")]
    [InlineData("legalBasis")]
    public void Each_fact_of_a_source_is_required(string field) =>
        GivenMunicipality(On("2018-01-01", Kemijarvi)).When("2018-02-01", field switch
        {
            "giver" => Months with { Giver = "" },
            "askedBy" => Months with { AskedBy = "" },
            "purpose" => Months with { Purpose = "" },
            _ => Months with { LegalBasis = "" },
        }).ThenRefused(RejectionCodes.FieldRequired, field);

    [Fact]
    public void What_was_asked_for_about_one_client_says_who_asked_and_on_what_basis()
    {
        var asked = new RecordObtainedData(Words("Koulutustiedot"), "Oppilaitos", "suunnitelma", ByConsent: true);
        GivenClient(Referred).When("2018-03-01", asked).Then(new DataObtained(
            Words("Koulutustiedot"), "Oppilaitos", "suunnitelma", null, null, true, At("2018-03-01").Actor));
        GivenClient(Referred).When("2018-03-01", asked with { AskedBy = "w7" });
        GivenClient(Referred).When("2018-03-01", asked with { ByConsent = false })
            .ThenRefused(RejectionCodes.FieldRequired, "legalBasis");
        GivenClient(Referred).When("2018-03-01", asked with { What = Words("") })
            .ThenRefused(RejectionCodes.FieldRequired, "what");
    }
}
