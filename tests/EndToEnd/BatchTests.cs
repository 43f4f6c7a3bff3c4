using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Many commands in one call, each as its own mutation.</summary>
[Collection("demo")]
public sealed class BatchTests(DemoServer demo)
{
    private const string Register = "996"; // Made up: no other test has clients there.

    private const string Execute = """
        mutation($commands: [CommandInput!]!, $mode: BatchMode! = EACH) {
          executeCommands(commands: $commands, mode: $mode) { position results {
            commandId sent accepted version position fault { code field message }
            userErrors { __typename ... on IllegalStep { code field } ... on InvalidField { code field } } } } }
        """;

    private readonly GraphQLClient _coordinator = demo.Server.As(Role.Coordinator, Register);

    [Fact]
    public async Task Each_command_has_an_outcome_of_its_own_and_those_of_one_client_happen_in_their_order()
    {
        var (one, other) = (Name(), Name());
        var away = await demo.Server.As(Role.Coordinator, "680").RegisterSomeone("batch");
        object[] commands =
        [
            new { recordContactAttempt = Letter(one) }, Registering(one), new { recordContactAttempt = Letter(one) },
            new { attendMeeting = new { clientId = one, meetingId = "m1" } },
            new { recordContactAttempt = Letter(away) },
            new { recordContactAttempt = Letter("No Id") }, Registering(other),
        ];
        var results = (await Send(commands)).At("results").EnumerateArray().ToArray();
        Assert.Equal(
            [false, true, true, false, false, false, true], results.Select(one => one.At("accepted").GetBoolean()));
        Assert.All(results, one => Assert.True(one.At("sent").GetBoolean()));
        Assert.Equal("FORBIDDEN", results[0].At("fault", "code").GetString()); // There is none of that id yet.
        Assert.Equal(2, results[2].At("version").GetInt64());
        Assert.NotNull(CodeOf(results[3]));
        Assert.Equal("FORBIDDEN", results[4].At("fault", "code").GetString());
        Assert.Equal("clientId", results[4].At("fault", "field").GetString());
        Assert.Equal("ID_INVALID", CodeOf(results[5]));

        var again = await Send([.. commands.Zip(results, WithId)]);
        Assert.Equal(
            results.Skip(1).Take(2).Select(one => one.At("position").GetInt64()),
            again.At("results").EnumerateArray().Skip(1).Take(2).Select(one => one.At("position").GetInt64()));
        Assert.Equal(
            results.Select(one => one.At("commandId").GetString()),
            again.At("results").EnumerateArray().Select(one => one.At("commandId").GetString()));
    }

    [Fact]
    public async Task Nothing_is_sent_after_the_first_that_is_not_accepted_when_it_is_asked_so()
    {
        var (one, other) = (Name(), Name());
        var payload = await Send(
            [Registering(one), new { attendMeeting = new { clientId = one, meetingId = "m1" } }, Registering(other)],
            "STOP_AT_FIRST");
        Assert.Equal(
            [(true, true), (true, false), (false, false)],
            payload.At("results").EnumerateArray().Select(one => (
                one.At("sent").GetBoolean(), one.At("accepted").GetBoolean())));
        Assert.Equal(
            payload.At("results")[0].At("position").GetInt64(), payload.At("position").GetInt64());
        var none = await _coordinator.Send("query($id: ID!) { client(id: $id) { lastName } }", new { id = other });
        Assert.Equal("FORBIDDEN", none.Code);
    }

    [Fact]
    public async Task A_role_gets_from_a_batch_what_it_gets_from_the_mutations()
    {
        foreach (var caller in (GraphQLClient[])[demo.Server.As(Role.Researcher), demo.Server.As(Role.Operator)])
        {
            var answer = await caller.Send(Execute, new { commands = (object[])[Registering(Name())] });
            Assert.Equal(
                "FORBIDDEN", answer.Json.At("data", "executeCommands", "results")[0].At("fault", "code").GetString());
        }
    }

    [Fact]
    public async Task A_batch_has_an_end_and_each_of_its_commands_a_weight()
    {
        object[] commands = [.. Enumerable.Repeat(new { recordContactAttempt = Letter("nowhere") }, 201)];
        Assert.Equal("LIMIT_LINES", (await _coordinator.Send(Execute, new { commands })).Code);
        Assert.True(await Cost(commands[..20]) - await Cost(commands[..10]) >= 100);
        var two = new { recordContactAttempt = Letter("a"), attendMeeting = new { clientId = "a", meetingId = "m1" } };
        Assert.Equal("VARIABLES", (await _coordinator.Send(Execute, new { commands = (object[])[two] })).Code);
    }

    private async Task<double> Cost(object[] commands)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { query = Execute, variables = new { commands } }),
            Headers = { { "GraphQL-Cost", "validate" } },
        };
        return (await _coordinator.Send(request)).Json
            .At("extensions", "operationCost", "fieldCost").GetDouble();
    }

    private async Task<JsonElement> Send(object[] commands, string mode = "EACH") =>
        (await _coordinator.Query(Execute, new { commands, mode })).GetProperty("executeCommands");

    private static string? CodeOf(JsonElement outcome) => outcome.At("userErrors")[0].At("code").GetString();

    private static object Letter(string client) => new { clientId = client, channel = "LETTER", reached = false };

    private static object Registering(string client) => new
    {
        registerClient = new
        {
            clientId = client,
            municipality = Register,
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = client,
            synthetic = true,
        },
    };

    /// <summary>The command as it was, with the id that its outcome has.</summary>
    private static object WithId(object command, JsonElement outcome)
    {
        var entry = JsonSerializer.SerializeToNode(command)!.AsObject();
        entry.Single().Value!.AsObject()["commandId"] = outcome.At("commandId").GetString();
        return entry;
    }

    private static string Name() => $"batch-{Guid.NewGuid():N}";
}
