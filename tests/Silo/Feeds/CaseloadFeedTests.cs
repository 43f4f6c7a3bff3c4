using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Verification;
using Xunit.Abstractions;
using static OsstOrleans.Grains.Caseload.LiveMetrics;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>The caseloads that follow the feed equal a fold of the log, and what each client says (I3).</summary>
public sealed class CaseloadFeedTests(ITestOutputHelper output) : PopulationPlace(output)
{
    [Fact]
    public async Task A_stirred_population_gives_what_a_recomputation_gives_also_after_a_restart()
    {
        await Populate();
        var report = await Silo.Verify();
        Assert.Empty(report.Differences);
        Assert.True(report.Events > 3_000 && report.Municipalities >= 6);
        var live = Digests();
        await Restart();
        Assert.Equal(live, Digests());
        await AssertEqualsTheClientsOwnStates();
    }

    private async Task AssertEqualsTheClientsOwnStates()
    {
        var states = new List<ClientState>();
        foreach (var client in Everybody)
        {
            states.Add((await Silo.Grains.Read<ClientState>(client, ReadAs(In(Role.Coordinator, null)))).State!);
        }
        var today = Silo.Services.Clock().Today;
        foreach (var code in Silo.Caseloads.Codes)
        {
            var own = states.Where(state => state.Municipality == code).ToList();
            var metrics = new CaseloadMetrics();
            Silo.Caseloads.Gather([code], metrics, (caseload, sum) => caseload.AddTo(sum, CaseloadFilter.All, today));
            Assert.Equal(own.Count, metrics.Clients);
            Assert.Equal(own.Count(s => s.Closed is not null), metrics.Of(ByStatus)[(int)CaseStatus.Closed]);
            var open = own.Where(s => s.Closed is null).ToList();
            Assert.Equal(open.Count(s => s.Plans.Count > 0), metrics.Of(ByStatus)[(int)CaseStatus.InPlan]);
            var assessed = open.Where(s => s.Plans.Count == 0 && s.Assessment is not null).ToList();
            Assert.Equal(
                assessed.Count(s => s.Assessment!.Assessed.Clientship), metrics.Of(ByStatus)[(int)CaseStatus.Assessed]);
            Assert.Equal(
                assessed.Count(s => !s.Assessment!.Assessed.Clientship),
                metrics.Of(ByStatus)[(int)CaseStatus.NoClientship]);
            Assert.Equal(own.Count(s => s.Worker is not null), metrics.Of(ByWorker).Values.Sum());
            Assert.Equal(
                open.Count(s => s.Meetings.Any(m => m.Status == MeetingStatus.Booked && m.Booked.MeetingOn < today)),
                metrics.Of(Overdue)[(int)OverdueKind.MeetingOutcome]);
            Assert.Equal(
                own.GroupBy(ReasonOf).ToDictionary(g => g.Key, g => g.Count()),
                metrics.Of(ByReason).Select((n, reason) => (n, reason)).Where(c => c.n > 0)
                    .ToDictionary(c => (ReferralReason)c.reason, c => c.n));
        }
    }

    /// <summary>The current referral is the one received last; of one day's, the one recorded last.</summary>
    private static ReferralReason ReasonOf(ClientState state) => state.Referrals
        .Select((referral, order) => (referral, order))
        .OrderBy(r => r.referral.ReceivedOn).ThenBy(r => r.order)
        .Select(r => r.referral.Received.Reason).LastOrDefault();
}
