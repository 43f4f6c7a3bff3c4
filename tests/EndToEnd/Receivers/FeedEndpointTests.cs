using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>A server with 30 synthetic clients, and one receiver that asks it for the events of a register.</summary>
public sealed class FeedServer : IAsyncLifetime
{
    /// <summary>Most clients live there.</summary>
    private const string Tampere = "837";

    private readonly TestFolder _folder = new();

    internal RunningServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await RunningServer.Start(_folder, "--demo", "30", "--quiet");
        var answer = await Register(Role.Coordinator, "research", "client.registered", "client.referral-received",
            "client.contact-attempted", "client.benefit-month-recorded", "client.meeting-booked", "client.plan-made");
        Assert.True(answer.GetProperty("accepted").GetBoolean(), answer.GetRawText());
    }

    internal async Task<JsonElement> Register(Role role, string receiver, params string[] eventTypes)
    {
        var answer = await Server.As(role, Tampere).Send("""
            mutation($input: RegisterReceiverInput!) { registerReceiver(input: $input)
              { accepted userErrors { __typename ... on InvalidField { field code } } } }
            """, new
        {
            input = new
            {
                receiverId = receiver,
                name = "Research",
                purpose = "follow-up",
                legalBasis = "552/2019",
                municipality = Tampere,
                subject = "tester",
                eventTypes,
            },
        });
        return answer.Json.At("data", "registerReceiver");
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>How many lines the log of disclosures has.</summary>
    internal long Disclosed()
    {
        using var database = OsstOrleans.Silo.Storage.Sqlite.Database.Open(_folder.Database, readOnly: true);
        return long.Parse(database.Scalar("SELECT count(*) FROM disclosures")!);
    }
}

/// <summary>Systems that ask for events instead of being called.</summary>
public sealed class FeedEndpointTests(FeedServer feed) : IClassFixture<FeedServer>
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_and_without_names()
    {
        var (ids, cursor, pages) = (new List<long>(), "", 0);
        var before = feed.Disclosed();
        while (true)
        {
            var (status, text) = await Ask($"receiver=research&limit=3&after={cursor}", Role.Integration);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("Synteettinen", text, StringComparison.Ordinal);
            var page = JsonElement.Parse(text);
            ids.AddRange(page.GetProperty("events").EnumerateArray()
                .Select(told => told.GetProperty("position").GetInt64()));
            cursor = page.GetProperty("cursor").GetString()!;
            pages++;
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                break;
            }
        }
        Assert.True(pages > 5);
        Assert.True(ids.Count > 15);
        Assert.Equal(ids.Distinct().Order(), ids);
        var (_, again) = await Ask($"receiver=research&after={cursor}", Role.Integration);
        Assert.Equal(0, JsonElement.Parse(again).GetProperty("events").GetArrayLength());
        Assert.Equal(ids.Count, feed.Disclosed() - before);
    }

    /// <summary>A restored log gives its places out again, to other events.</summary>
    [Theory]
    [InlineData("feed:3:7")]
    [InlineData("feed:99999999:7")]
    public async Task A_cursor_of_a_place_that_another_event_has_by_now_is_refused_and_not_answered_as_up_to_date(
        string place)
    {
        var cursor = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(place));
        var (status, text) = await Ask($"receiver=research&after={cursor}", Role.Integration);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("begin without one", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eventTypes")]
    [InlineData("eventTypes[1]", "drop-in-centre.closed-day-marked", "client.registered")]
    public async Task An_operator_is_told_which_event_is_a_coordinators_to_let_out(string field, params string[] types)
    {
        var answer = await feed.Register(Role.Operator, "warehouse", types);
        var error = Assert.Single(answer.GetProperty("userErrors").EnumerateArray());
        Assert.Equal("PERSON_EVENTS_NOT_ALLOWED", error.GetProperty("code").GetString());
        Assert.Equal(field, error.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("receiver=research", Role.Operator, HttpStatusCode.Forbidden)]
    [InlineData("receiver=research", Role.Researcher, HttpStatusCode.Forbidden)]
    [InlineData("receiver=nobody", Role.Integration, HttpStatusCode.Forbidden)]
    [InlineData("receiver=research&after=nonsense", Role.Integration, HttpStatusCode.BadRequest)]
    [InlineData("receiver=research&limit=0", Role.Integration, HttpStatusCode.BadRequest)]
    [InlineData("receiver=research&limit=501", Role.Integration, HttpStatusCode.BadRequest)]
    [InlineData("receiver=research", null, HttpStatusCode.Unauthorized)]
    public async Task Nobody_else_is_answered(string query, Role? role, HttpStatusCode status) =>
        Assert.Equal(status, (await Ask(query, role)).Status);

    private async Task<(HttpStatusCode Status, string Text)> Ask(string query, Role? role)
    {
        var server = feed.Server;
        using var http = new HttpClient { BaseAddress = server.Address };
        if (role is { } known)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token(known));
        }
        using var answer = await http.GetAsync($"/feed?{query}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
