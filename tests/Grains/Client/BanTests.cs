using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>A security ban and a prohibition of disclosure keep a client's data from others.</summary>
public sealed class BanTests
{
    [Fact]
    public void A_ban_and_a_prohibition_begin_and_end_by_themselves_also_after_the_closing()
    {
        var client = GivenClient(Referred).And("2018-03-01", new CloseMatter(ClosingReason.Other))
            .When("2018-04-01", new EndSecurityBan()).ThenNothing()
            .When("2018-04-01", new WithdrawDisclosureProhibition()).ThenNothing()
            .When("2018-04-02", new SetSecurityBan()).Then(new SecurityBanSet())
            .When("2018-04-03", new SetSecurityBan()).ThenNothing()
            .When("2018-04-04", new ProhibitDisclosure(Words("Ei kenellekään")))
            .Then(new DisclosureProhibited(Words("Ei kenellekään")))
            .When("2018-04-05", new ProhibitDisclosure()).ThenNothing();
        Assert.Equal(
            (Day("2018-04-02"), Day("2018-04-04")),
            (client.State.SecurityBanSince, client.State.DisclosureProhibitedSince));
        client.When("2018-05-01", new EndSecurityBan()).Then(new SecurityBanEnded())
            .When("2018-05-02", new WithdrawDisclosureProhibition()).Then(new DisclosureProhibitionWithdrawn());
        Assert.Equal((null, null), (client.State.SecurityBanSince, client.State.DisclosureProhibitedSince));
    }

    [Fact]
    public void Nothing_leaves_while_one_of_them_holds()
    {
        IEvent[] history = [new SecurityBanSet(), new DisclosureProhibited(null), new SecurityBanEnded()];
        Assert.True(MayNotLeave(history));
        Assert.False(MayNotLeave([.. history, new DisclosureProhibitionWithdrawn()]));
        Assert.True(MayNotLeave([.. history, new DisclosureProhibitionWithdrawn(), new SecurityBanSet()]));
        Assert.False(MayNotLeave([new DropInConsentGiven()]));
    }

    [Fact]
    public void A_client_with_a_ban_is_in_no_intake_and_no_opening_reaches_it()
    {
        var open = GivenClient(Referred).And("2018-03-01", new OpenAccess(OpeningReason.Danger, Words("Hätä")));
        Assert.True(ClientDecider.TiesOf(open.State, At("2018-03-01")).IsInIntake);
        var banned = ClientDecider.TiesOf(open.And("2018-03-01", new SetSecurityBan()).State, At("2018-03-01"));
        Assert.Equal((false, true, 0), (banned.IsInIntake, banned.IsProtected, banned.Openings.Count()));
        var row = new Register().With("maija", Referred).With("maija", On("2018-03-01", new SetSecurityBan()));
        Assert.Equal((true, false), (row.Row("maija").IsProtected, row.Row("maija").IsInIntake));
        var caseload = row.Caseload;
        Assert.Empty(caseload.Sort(["maija"], new Standing("320", "eino"), Day("2018-04-01"), most: 5).Hidden);
        Assert.Single(caseload.Sort(["maija"], seenBy: null, Day("2018-04-01"), most: 5).Seen);
        var ended = row.With("maija", On("2018-04-01", new EndSecurityBan())).Row("maija");
        Assert.Equal((false, true), (ended.IsProtected, ended.IsInIntake));
    }

    [Fact]
    public void What_protects_a_client_is_not_merged_away()
    {
        foreach (var protects in (IClientCommand[])[new SetSecurityBan(), new ProhibitDisclosure()])
        {
            GivenClient(Referred).And("2018-03-01", protects)
                .When("2018-05-01", new RetireDuplicate("m1", "maija"))
                .Then(new MergeDeclined("m1", "maija", MergeRefusal.DuplicateHasCasework, 0));
        }
    }

    private static bool MayNotLeave(IEnumerable<IEvent> history) =>
        history.Aggregate(HeldBack.None, (held, happened) => held.After(happened, Day("2018-03-01")))
            .For(new LeavingEvent("client.note", "320", "records")) is null;
}
