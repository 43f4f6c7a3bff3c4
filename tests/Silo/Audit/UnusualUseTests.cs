using OsstOrleans.Grains;
using OsstOrleans.Silo.Audit;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Audit;

/// <summary>What the officer for data protection is shown without asking for a user or a client.</summary>
public sealed class UnusualUseTests : Place
{
    private static readonly DateTimeOffset s_start = new(2019, 5, 2, 6, 0, 0, TimeSpan.Zero);

    private static readonly AuditThresholds s_few = new()
    {
        ShortTime = TimeSpan.FromMinutes(10),
        ClientsInShortTime = 3,
        OpenedClients = 1,
        RefusedAttempts = 5,
    };

    [Fact]
    public async Task Many_clients_in_any_short_time_are_unusual_and_the_same_client_again_is_not()
    {
        foreach (var minute in (int[])[0, 5, 8, 11, 14, 40, 41, 42])
        {
            await Use("hasty", minute, $"c-{minute}");
            await Use("calm", minute, "c-1");
            await Use("slow", minute * 4, $"c-{minute}");
        }
        await Use("lists", 1, "c-1", "caseload", 9);
        var found = Assert.Single(await Found());
        Assert.Equal(
            (UnusualKind.ManyClients, "social-worker/hasty", 4, 3, At(5), At(14)),
            (found.Kind, found.Actor, found.Count, found.Threshold, found.From, found.To));
    }

    [Fact]
    public async Task Clients_read_without_a_relationship_are_unusual_when_they_are_several()
    {
        await Use("once", 1, "c-1", basis: "opened");
        await Use("once", 2, "c-1", basis: "opened");
        await Use("twice", 3, "c-1", basis: "opened");
        await Use("twice", 4, "c-2", basis: "opened");
        var found = Assert.Single(await Found());
        Assert.Equal(
            (UnusualKind.WithoutRelationship, "social-worker/twice", 2, At(3), At(4)),
            (found.Kind, found.Actor, found.Count, found.From, found.To));
    }

    [Fact]
    public async Task Refused_attempts_are_counted_with_those_that_one_line_stands_for()
    {
        await Use("curious", 1, "c-1", "denied: client");
        await Use("curious", 2, "c-1", "denied: 5 more within a minute");
        await Use("mistaken", 3, "c-1", "denied: history", times: 5);
        var found = Assert.Single(await Found());
        Assert.Equal(
            (UnusualKind.OftenRefused, "social-worker/curious", 6), (found.Kind, found.Actor, found.Count));
    }

    [Fact]
    public async Task Only_the_lines_of_the_register_and_the_day_are_looked_at_and_no_more_than_so_many()
    {
        await Use("curious", 1, "c-1", "denied: client", times: 3_000);
        Assert.Equal(3_000, Assert.Single(await Found()).Count);
        Assert.Empty((await Search(s_few).In(Raisio, At(0), At(60))).Found);
        Assert.Empty((await Search(s_few).In(Tampere, At(2), At(60))).Found);
        var cut = await Search(s_few with { LinesADay = 2_500 }).In(Tampere, At(0), At(60));
        Assert.Equal((2_500, false), (Assert.Single(cut.Found).Count, cut.IsComplete));
    }

    private async Task<IReadOnlyList<UnusualUse>> Found()
    {
        var uses = await Search(s_few).In(Tampere, At(0), At(600));
        Assert.True(uses.IsComplete);
        return uses.Found;
    }

    private UnusualUseSearch Search(AuditThresholds thresholds) => new(Store, thresholds);

    private ValueTask Use(
        string worker, int minute, string client, string what = "client", int times = 1, string basis = "team") =>
        Store.LogAccess(
        [
            .. Enumerable.Range(0, times).Select(_ => new UseLine(
                GrainName.Client(client), Tampere, $"social-worker/{worker}", "client-work", what, At(minute), basis)),
        ]);

    private static DateTimeOffset At(int minute) => s_start.AddMinutes(minute);
}
