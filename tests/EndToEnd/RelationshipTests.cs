using System.Text.Json;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Workers of one register read those of its clients with whom they have to do, and list no others.</summary>
[Collection("demo")]
public sealed class RelationshipTests(DemoServer demo)
{
    private const string Register = "995"; // Made up: no other test counts its clients.
    private const string Read = "query($id: ID!) { client(id: $id) { lastName worker { workerId } } }";

    private const string Lists = """
        query($p: Long!) { caseload(municipality: "995", first: 200, minPosition: $p) { totalCount nodes { clientId } }
          worklists(municipality: "995", minPosition: $p) { lists(kinds: [CASES_TO_ASSIGN]) {
            count items { nodes { entry { clientId } } } } } }
        """;

    private readonly GraphQLClient _coordinator = demo.Server.As(Role.Coordinator, Register);

    /// <summary>Who somebody is among the staff is known when the log has been read that far.</summary>
    private long _position;

    [Fact]
    public async Task A_client_goes_from_the_intake_to_a_worker_and_each_sees_the_client_in_time()
    {
        await Staff("r-aino", teams: ["r-1"], intake: true);
        await Staff("r-eino", teams: ["r-1"]);
        await Staff("r-liisa", teams: ["r-2"]);
        var id = await Referred();
        Assert.Equal([true, false, false], await WhoReads(id));
        Assert.Equal([true, false, false], await WhoLists(id));
        var stranger = Worker("r-liisa");
        Assert.Equal("FORBIDDEN", (await stranger.TryMutate("assignWorker", Given(id, "r-liisa"))).Code);
        Assert.Equal("FORBIDDEN", (await stranger.TryMutate(
            "bookMeeting",
            new { clientId = id, meetingId = "m1", meetingOn = "2030-01-02", workerId = "r-liisa" })).Code);

        await Accepted(Worker("r-aino"), "assignWorker", Given(id, "r-liisa"));
        Assert.Equal([false, false, true], await WhoReads(id));
        Assert.Equal([false, false, true], await WhoLists(id));
        await Accepted(_coordinator, "appointSubstitute", new
        {
            municipality = Register,
            workerId = "r-liisa",
            substituteId = "r-eino",
            from = Today,
            to = Today,
        });
        Assert.Equal([false, true, true], await WhoReads(id));
        await Accepted(_coordinator, "endSubstitution", new
        {
            municipality = Register,
            workerId = "r-liisa",
            substituteId = "r-eino",
        });
        await Accepted(stranger, "bookMeeting", new
        {
            clientId = id,
            meetingId = "m1",
            meetingOn = Today,
            workerId = "r-aino",
        });
        Assert.Equal([true, false, true], await WhoReads(id));
        Assert.Equal([false, false, true], await WhoLists(id));

        var bases = await _coordinator.Query(
            "query($id: ID!) { client(id: $id) { accessLog(first: 50) { nodes { actor basis what } } } }", new { id });
        var lines = bases.At("client", "accessLog", "nodes").EnumerateArray()
            .Select(line => line.At("actor").GetString() + " "
                + (line.At("basis").GetString() ?? line.At("what").GetString()))
            .ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "social-worker/r-aino intake", "social-worker/r-aino meeting", "social-worker/r-eino substitute",
                "social-worker/r-liisa own-worker", "social-worker/r-liisa denied: client",
                "social-worker/r-liisa denied: assignWorker", "coordinator/tester coordination",
            },
            lines);
        Assert.Contains(
            bases.At("client", "accessLog", "nodes").EnumerateArray(),
            line => line.At("what").GetString() == "worklist CasesToAssign"
                && line.At("actor").GetString() == "social-worker/r-aino");
    }

    /// <summary>The staff's sign-ins are the coordinators' to know, and operators name nobody.</summary>
    [Fact]
    public async Task Who_signs_in_as_which_worker_is_said_by_coordinators_and_shown_to_them()
    {
        await Accepted(_coordinator, "registerStaffMember", new
        {
            municipality = Register,
            workerId = "r-signed",
            signsInAs = "idp:r-1",
        });
        const string Shown =
            "{ municipality(code: \"995\") { staff { workerId signsInAs } substitutions { workerId } } }";
        Assert.Contains(
            "\"workerId\":\"r-signed\",\"signsInAs\":\"idp:r-1\"",
            (await _coordinator.Query(Shown)).GetRawText(), StringComparison.Ordinal);
        foreach (var other in (GraphQLClient[])
            [demo.Server.As(Role.Coordinator), Worker("r-aino"), demo.Server.As(Role.Operator)])
        {
            var none = (await other.Query(Shown)).GetProperty("municipality");
            Assert.Equal(JsonValueKind.Null, none.GetProperty("staff").ValueKind);
            Assert.Equal(JsonValueKind.Null, none.GetProperty("substitutions").ValueKind);
            Assert.Equal("FORBIDDEN", (await other.TryMutate(
                "registerStaffMember", new { municipality = Register, workerId = "r-x", signsInAs = "idp:r-9" })).Code);
        }
    }

    /// <summary>Openings of one person are counted over all clients, and wait in a list for another's review.</summary>
    [Fact]
    public async Task A_client_is_opened_without_a_relationship_a_few_times_a_day_and_another_person_reviews_it()
    {
        var worker = Worker("r-opener");
        await Staff("r-opener", teams: []);
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Referred()));
        Assert.Equal("FORBIDDEN", (await worker.Send(Read, new { id = clients[0] })).Code);
        foreach (var id in clients[..5])
        {
            await Accepted(worker, "openAccess", Opening(id));
            await worker.Query(Read, new { id });
        }
        var full = await worker.Mutate("openAccess", Opening(clients[5]));
        Assert.Equal("OPENINGS_OF_DAY", full.At("userErrors")[0].At("code").GetString());
        var unknown = await worker.Mutate("openAccess", Opening("c-not-there"));
        Assert.Equal(full.At("userErrors").GetRawText(), unknown.At("userErrors").GetRawText());
        Assert.Equal("FORBIDDEN", (await worker.Send(Read, new { id = clients[5] })).Code);
        var timeline = await _coordinator.Query(
            "query($id: ID!) { client(id: $id) { timeline(language: \"en\") { nodes { text } } } }",
            new { id = clients[0] });
        Assert.Contains(
            "opened without a relationship; reason: danger", timeline.GetRawText(), StringComparison.Ordinal);

        Assert.Equal(clients[..5].Order(), (await ToReview()).Order());
        Assert.Equal("FORBIDDEN", (await worker.Send("{ openingsToReview(municipality: \"995\") { clientId } }")).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.Coordinator).Send(
            "{ openingsToReview(municipality: \"995\") { clientId } }")).Code);
        var review = new { clientId = clients[0], openedBy = "social-worker/r-opener", justified = false };
        var own = await demo.Server.As(Role.Coordinator, Register, "r-opener").Mutate("reviewOpening", review);
        Assert.Equal("REVIEW_OF_SELF", own.At("userErrors")[0].At("code").GetString());
        await Accepted(_coordinator, "reviewOpening", review);
        Assert.Equal("FORBIDDEN", (await worker.Send(Read, new { id = clients[0] })).Code);
        Assert.Equal(clients[1..5].Order(), (await ToReview()).Order());
    }

    /// <summary>An empty list would say that there is no work.</summary>
    [Fact]
    public async Task Who_is_not_of_the_staff_is_refused_by_lists_and_a_coordinator_finds_whom_to_enter()
    {
        await Staff("r-gone", teams: []);
        var id = await Referred();
        await Visible();
        await Accepted(_coordinator, "assignWorker", Given(id, "r-gone"));
        var mistyped = await _coordinator.Mutate("assignWorker", Given(id, "r-gonne"));
        Assert.Equal("WORKER_UNKNOWN", mistyped.At("userErrors")[0].At("code").GetString());
        await Accepted(_coordinator, "removeStaffMember", new { municipality = Register, workerId = "r-gone" });
        await Visible();
        foreach (var list in (string[])
            [
                "caseload(municipality: \"995\") { totalCount }",
                "worklists(municipality: \"995\") { lists { count } }",
                "caseloadMetrics(municipalities: [\"995\"], filter: { workerId: \"r-gone\" }) { clients }",
            ])
        {
            Assert.Equal("NOT_IN_STAFF", (await Worker("r-gone").Send($"{{ {list} }}")).Code);
        }
        Assert.Equal("FORBIDDEN", (await Worker("r-gone").Send(Read, new { id })).Code);
        await Worker("r-gone").Query("{ caseloadMetrics(municipalities: [\"995\"]) { clients } }");
        var missing = await _coordinator.Query(
            "{ unregisteredWorkers(municipality: \"995\") { workerId openClients } }");
        Assert.Contains(
            "{\"workerId\":\"r-gone\",\"openClients\":1}", missing.GetRawText(), StringComparison.Ordinal);
    }

    private Task Visible() => _coordinator.Query(
        "query($p: Long!) { caseloadMetrics(minPosition: $p) { clients } }", new { p = _position });

    private static object Opening(string id) => new { clientId = id, reason = "DANGER", words = "Synteettinen hätä" };

    private async Task<IEnumerable<string?>> ToReview() =>
        (await _coordinator.Query(
            "query($p: Long!) { openingsToReview(municipality: \"995\", minPosition: $p) { clientId openedBy } }",
            new { p = _position }))
        .GetProperty("openingsToReview").EnumerateArray()
        .Where(opening => opening.At("openedBy").GetString() == "social-worker/r-opener")
        .Select(opening => opening.At("clientId").GetString());

    private static string Today => GrainServices.DayOf(TimeProvider.System.GetUtcNow()).ToString("O");

    private static object Given(string id, string worker) => new { clientId = id, workerId = worker, ownWorker = true };

    private GraphQLClient Worker(string id) => demo.Server.As(Role.SocialWorker, Register, id);

    private Task Staff(string worker, string[] teams, bool intake = false) => Accepted(
        _coordinator, "registerStaffMember",
        new { municipality = Register, workerId = worker, teamIds = teams, handlesIntake = intake });

    private async Task<string> Referred()
    {
        var id = $"rel-{Guid.NewGuid():N}";
        await Accepted(_coordinator, "registerClient", new
        {
            clientId = id,
            municipality = Register,
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1990,
            temporaryIdentifier = id,
            synthetic = true,
        });
        await Accepted(_coordinator, "receiveReferral", new
        {
            clientId = id,
            referralId = "r1",
            source = "KELA",
            reason = "NEED",
            urgency = 3,
        });
        return id;
    }

    private async Task<IEnumerable<bool>> WhoReads(string id)
    {
        var answers = new List<bool>();
        await _coordinator.Query(
            "query($p: Long!) { caseloadMetrics(minPosition: $p) { clients } }", new { p = _position });
        foreach (var worker in (string[])["r-aino", "r-eino", "r-liisa"])
        {
            var answer = await Worker(worker).Send(Read, new { id });
            Assert.Equal(answer.Code is null, answer.Text.Contains("Esimerkki", StringComparison.Ordinal));
            Assert.Contains(answer.Code, (string?[])[null, "FORBIDDEN"]);
            answers.Add(answer.Code is null);
        }
        return answers;
    }

    /// <summary>On the caseload, and where it is one, on the list of cases to assign.</summary>
    private async Task<IEnumerable<bool>> WhoLists(string id)
    {
        var answers = new List<bool>();
        foreach (var worker in (string[])["r-aino", "r-eino", "r-liisa"])
        {
            var lists = await Worker(worker).Query(Lists, new { p = _position });
            var listed = lists.At("caseload", "nodes").EnumerateArray()
                .Select(node => node.At("clientId").GetString()).ToArray();
            Assert.Equal(listed.Length, lists.At("caseload", "totalCount").GetInt32());
            Assert.All(
                lists.At("worklists", "lists")[0].At("items", "nodes").EnumerateArray(),
                item => Assert.Contains(item.At("entry", "clientId").GetString(), listed));
            answers.Add(listed.Contains(id));
        }
        return answers;
    }

    private async Task Accepted(GraphQLClient client, string mutation, object input)
    {
        var payload = await client.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
        _position = Math.Max(_position, payload.GetProperty("position").GetInt64());
    }
}
