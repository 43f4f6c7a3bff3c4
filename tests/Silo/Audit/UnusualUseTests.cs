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
        OpenedClients = 1, // Zero unless set: one opened client is one to look at.
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
            (found.Kind, Assert.Single(found.Actors), found.Count, found.Threshold, found.From, found.To));
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
            (found.Kind, Assert.Single(found.Actors), found.Count, found.From, found.To));
    }

    [Fact]
    public async Task Refused_attempts_are_counted_with_those_that_one_line_stands_for()
    {
        await Use("curious", 1, "c-1", "denied: client");
        await Use("curious", 2, "c-1", "denied: 5 more within a minute");
        await Use("mistaken", 3, "c-1", "denied: history", times: 5);
        var found = Assert.Single(await Found());
        Assert.Equal(
            (UnusualKind.OftenRefused, "social-worker/curious", 6),
            (found.Kind, Assert.Single(found.Actors), found.Count));
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

    [Fact]
    public async Task Lists_hide_no_reads_and_who_asks_on_gets_to_the_first_line_of_the_day()
    {
        await Use("curious", 1, "c-1", "denied: client", times: 6);
        await Use("curious", 30, "c-1", "caseload", times: 3_000);
        var behindLists = await Search(s_few with { LinesADay = 1_000 }).In(Tampere, At(0), At(60));
        Assert.Equal((6, true), (Assert.Single(behindLists.Found).Count, behindLists.IsComplete));
        await Use("curious", 40, "c-1", times: 1_200);
        var latest = await Search(s_few with { LinesADay = 1_000 }).In(Tampere, At(0), At(60));
        Assert.Equal((0, At(40).AddMilliseconds(1)), (latest.Found.Count, latest.LookedFrom));
        var earlier = await Search(s_few with { LinesADay = 1_000 }).In(Tampere, At(0), At(40));
        Assert.Equal((6, true), (Assert.Single(earlier.Found).Count, earlier.IsComplete));
    }

    [Fact]
    public async Task A_subject_is_one_user_in_all_roles_and_a_day_has_a_number_of_its_own()
    {
        foreach (var hour in (int[])[1, 2, 3, 4])
        {
            await Use("slow", hour * 60, $"c-{hour}", role: "social-worker");
            await Use("slow", hour * 60, $"d-{hour}", role: "coordinator");
        }
        Assert.Empty(await Found());
        var uses = await Search(s_few with { ClientsADay = 7 }).In(Tampere, At(0), At(600));
        var found = Assert.Single(uses.Found);
        Assert.Equal((UnusualKind.ManyClientsADay, 8, 7), (found.Kind, found.Count, found.Threshold));
        Assert.Equal(["coordinator/slow", "social-worker/slow"], found.Actors);
    }

    [Fact]
    public async Task Searches_that_only_say_who_exists_an_officers_own_look_and_erasures_are_counted_by_client()
    {
        foreach (var client in (int[])[1, 2, 2, 3, 4, 5])
        {
            await Use("finder", client, $"c-{client}", "search name; exists");
            await Use("finder", client, $"c-{client}", "search name");
            await Use("officer", client, $"c-{client}", client % 2 == 0 ? "access-audit" : "log-report");
            await Use("eraser", client, $"c-{client}", "command: eraseClient");
        }
        var few = s_few with { SearchedClients = 4, AuditedClients = 4, EndedClients = 4 };
        var uses = await Search(few).In(Tampere, At(0), At(600));
        Assert.Equal(
            [
                (UnusualKind.FoundToExist, "social-worker/finder", 5),
                (UnusualKind.ManyLogs, "social-worker/officer", 5), (UnusualKind.ManyEnded, "social-worker/eraser", 5),
            ],
            uses.Found.Select(use => (use.Kind, use.Actors[0], use.Count)));
    }

    [Fact]
    public async Task A_search_ends_with_its_asker_and_the_next_one_of_the_register_begins()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var search = Search(s_few);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await search.In(Tampere, At(0), At(60), gone.Token));
        Assert.Empty((await search.In(Tampere, At(0), At(60))).Found);
    }

    private async Task<IReadOnlyList<UnusualUse>> Found()
    {
        var uses = await Search(s_few).In(Tampere, At(0), At(600));
        Assert.True(uses.IsComplete);
        return uses.Found;
    }

    private UnusualUseSearch Search(AuditThresholds thresholds) => new(Store, thresholds);

    private ValueTask Use(
        string worker, int minute, string client, string what = "client", int times = 1, string basis = "team",
        string role = "social-worker") =>
        Store.LogAccess(
        [
            .. Enumerable.Range(0, times).Select(_ => new UseLine(
                GrainName.Client(client), Tampere, $"{role}/{worker}", "client-work", what, At(minute), basis)),
        ]);

    private static DateTimeOffset At(int minute) => s_start.AddMinutes(minute);
}
