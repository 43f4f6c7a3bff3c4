using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class ReferralTests
{
    [Fact]
    public void Kela_refers_a_client() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { SupportNeeds = [Housing] })
        .Then(new ReferralReceived("r1", ReferralSource.Kela, ReferralReason.Need, 3, null, false, false, false)
        {
            SupportNeeds = [Housing],
        });

    [Fact]
    public void Kela_sends_the_same_referral_twice_and_it_is_one() => GivenClient(Registered)
        .And("2018-02-01", FromKela with { SupportNeeds = [Housing] })
        .When("2018-02-01", FromKela with { SupportNeeds = [Housing] })
        .ThenNothing();

    [Fact]
    public void Another_referral_cannot_take_the_identifier() => GivenClient(Referred)
        .When("2018-02-01", FromKela with { Reason = ReferralReason.Reduction40 })
        .ThenRefused(RejectionCodes.ReferralIdTaken, "referralId");

    [Fact]
    public void The_urgency_of_the_vulnerable_is_one_or_two()
    {
        GivenClient(Registered).When("2018-02-01", FromKela with { Over75 = true })
            .ThenRefused(RejectionCodes.UrgencyNotAllowed, "urgency");
        GivenClient(Registered).When("2018-02-01", FromKela with { HighestCareAllowance = true })
            .ThenRefused(RejectionCodes.UrgencyNotAllowed, "urgency");
        GivenClient(Registered).When("2018-02-01", FromKela with { ChildWithSpecialSupport = true })
            .ThenRefused(RejectionCodes.UrgencyNotAllowed, "urgency");
        GivenClient(Registered).And("2018-02-01", FromKela with { Over75 = true, Urgency = 2 });
    }

    [Fact]
    public void An_urgency_is_a_digit() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { Urgency = 0 })
        .ThenRefused(RejectionCodes.OutOfRange, "urgency");

    [Fact]
    public void An_identifier_is_short_and_plain() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { ReferralId = "Maija Korhonen" })
        .ThenRefused(RejectionCodes.IdInvalid, "referralId");

    [Fact]
    public void A_reason_is_one_of_the_known() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { Reason = (ReferralReason)99 })
        .ThenRefused(RejectionCodes.UnknownValue, "reason");

    [Fact]
    public void A_support_need_is_a_code_of_its_list() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { SupportNeeds = [Housing, new(CodeSystems.SupportNeeds, "12")] })
        .ThenRefused(RejectionCodes.UnknownCode, "supportNeeds[1]");

    [Fact]
    public void A_code_of_another_list_is_unknown() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { SupportNeeds = [LivingConditions] })
        .ThenRefused(RejectionCodes.UnknownCode, "supportNeeds[0]");

    [Fact]
    public void A_support_need_stands_in_the_list_once() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { SupportNeeds = [Housing, Housing] })
        .ThenRefused(RejectionCodes.DuplicateEntry, "supportNeeds[1]");

    [Fact]
    public void A_list_has_its_limit() => GivenClient(Registered)
        .When("2018-02-01", FromKela with { SupportNeeds = [.. Enumerable.Repeat(Housing, Limits.ListLength + 1)] })
        .ThenRefused(RejectionCodes.ListTooLong, "supportNeeds");

    [Fact]
    public void A_referral_is_left_without_investigation() => GivenClient(Referred)
        .When("2018-02-05", new RecordReferralNotInvestigated("r1", Words("No staff")))
        .Then(new ReferralNotInvestigated("r1", Words("No staff")));

    [Fact]
    public void What_was_acted_on_was_investigated() => GivenClient(Referred)
        .And("2018-02-03", new RecordContactAttempt(ContactChannel.Letter, false, "r1"))
        .When("2018-02-05", new RecordReferralNotInvestigated("r1", Words("No staff")))
        .ThenRefused(RejectionCodes.ReferralActedOn, "referralId");

    [Fact]
    public void What_was_not_investigated_is_not_followed() => GivenClient(Referred)
        .And("2018-02-05", new RecordReferralNotInvestigated("r1", Words("No staff")))
        .When("2018-02-06", new RecordContactAttempt(ContactChannel.Phone, true, "r1"))
        .ThenRefused(RejectionCodes.ReferralNotInvestigated, "referralId");

    [Fact]
    public void The_grounds_are_told() => GivenClient(Referred)
        .When("2018-02-05", new RecordReferralNotInvestigated("r1", Words("")))
        .ThenRefused(RejectionCodes.FieldRequired, "grounds");

    [Fact]
    public void A_client_has_only_so_many_referrals()
    {
        var client = GivenClient(Registered);
        foreach (var number in Enumerable.Range(0, Limits.Referrals))
        {
            client.And("2018-02-01", FromKela with { ReferralId = $"r-{number}" });
        }
        client.When("2018-02-01", FromKela).ThenRefused(RejectionCodes.LimitReached, "referralId");
    }
}
