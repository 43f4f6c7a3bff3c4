using System.Net;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests.Access;

/// <summary>
/// Who is answered what: each root field of the schema is asked by each caller, and the answer is what the tables say.
/// </summary>
[Collection("demo")]
public sealed class AccessMatrixTests(DemoServer demo) : IAsyncLifetime
{
    private const string Own = "680";
    private const string Away = "320";
    private const string Worker = "matrix-worker";
    private const string Else = "matrix-else";

    private Dictionary<string, string> _names = [];
    private AnyMutation _any = null!;

    public async Task InitializeAsync()
    {
        var coordinator = demo.Server.As(Role.Coordinator, Own);
        foreach (var worker in (string[])[Worker, Else])
        {
            await Accepted("registerStaffMember", new { municipality = Own, workerId = worker });
        }
        var client = await coordinator.RegisterSomeone("matrix");
        await Accepted("assignWorker", new { clientId = client, workerId = Worker, ownWorker = true });
        await Accepted("requestLogReport", new { clientId = client, requestId = "matrix", occurredOn = "2019-03-01" });
        var receiver = $"matrix-{Guid.NewGuid():N}";
        await Accepted("registerReceiver", new
        {
            receiverId = receiver,
            name = "Matrix",
            purpose = "test",
            legalBasis = "703/2023",
            municipality = Own,
            subject = "tester",
            eventTypes = (string[])["municipality.registered"],
        });
        var global = await coordinator.Query("query($c: ID!) { client(id: $c) { id } }", new { c = client });
        var centre = await coordinator.Query(
            "{ municipality(code: \"680\") { dropInCentres { dropInCentreId } } }");
        _names = new Dictionary<string, string>
        {
            ["client"] = client,
            ["global"] = global.At("client", "id").GetString()!,
            ["centre"] = centre.At("municipality", "dropInCentres")[0].At("dropInCentreId").GetString()!,
            ["receiver"] = receiver,
        };
        _any = new AnyMutation(await coordinator.Query(AnyMutation.Introspection), new Dictionary<string, string>
        {
            ["clientId"] = client,
            ["municipality"] = Own,
            ["dropInCentreId"] = _names["centre"],
            ["programmeId"] = "osst",
            ["receiverId"] = receiver,
        });

        async Task Accepted(string mutation, object input)
        {
            var payload = await coordinator.Mutate(mutation, input);
            Assert.True(payload.At("accepted").GetBoolean(), payload.GetRawText());
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_field_has_an_access_class_and_every_class_a_line()
    {
        var fields = _any.Fields.ToHashSet();
        Assert.All(
            fields.Except(AccessMatrix.Classes.Keys), field => Assert.True(AccessMatrix.IsOfPayload(field), field));
        Assert.Empty(AccessMatrix.Classes.Keys.Except(fields));
        string[] classes = [.. AccessMatrix.Named, AccessMatrix.Within, "coordinators-or-null"];
        Assert.Empty(AccessMatrix.Classes.Values.Distinct().Except(classes));
        Assert.DoesNotContain(AccessMatrix.Classes, field => field.Value == AccessMatrix.Within
            && field.Key.Split('.')[0] is "Query" or "Mutation" or "Subscription");
    }

    [Fact]
    public async Task Each_query_answers_those_whom_its_class_lets()
    {
        foreach (var (query, text) in Questions.Queries)
        {
            await Holds(query.Contains('.') ? query : $"Query.{query}", _ => ($"{{ {Named(text)} }}", null));
        }
        Assert.Empty(AccessMatrix.Classes.Keys.Where(field => field.StartsWith("Query.", StringComparison.Ordinal))
            .Except(Questions.Queries.Keys.Select(query => $"Query.{query}")));
    }

    [Fact]
    public async Task Each_subscription_begins_for_those_whom_its_class_lets()
    {
        foreach (var (subscription, text) in Questions.Subscriptions)
        {
            await HoldsOf($"Subscription.{subscription}", caller => As(caller).First(Named(text)));
        }
        Assert.Empty(AccessMatrix.Classes.Keys
            .Where(field => field.StartsWith("Subscription.", StringComparison.Ordinal))
            .Except(Questions.Subscriptions.Keys.Select(subscription => $"Subscription.{subscription}")));
    }

    /// <summary>Events are asked for by the system alone whose subject stands at the receiver.</summary>
    [Fact]
    public async Task The_feed_answers_those_whom_its_class_lets()
    {
        var answered = new List<string>();
        foreach (var caller in AccessMatrix.Callers)
        {
            var answer = await As(caller).Send(
                new HttpRequestMessage(HttpMethod.Get, $"/feed?limit=1&receiver={_names["receiver"]}"));
            Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Forbidden]);
            if (answer.Status is HttpStatusCode.OK)
            {
                answered.Add(caller);
            }
        }
        Assert.Equal(AccessMatrix.Answered("feed"), answered);
    }

    [Fact]
    public async Task Each_mutation_is_taken_from_those_whom_its_class_lets_and_changes_nothing()
    {
        var position = await demo.Server.Position();
        foreach (var field in AccessMatrix.Classes.Keys.Where(f => f.StartsWith("Mutation.", StringComparison.Ordinal)))
        {
            var mutation = field["Mutation.".Length..];
            await Holds(field, _ => Document(mutation));
        }
        var link = AccessMatrix.Classes.Count(field => field.Value == "identifier");
        Assert.Equal(position + link, await demo.Server.Position());
    }

    /// <summary>Whichever way a client is named, and however the question is put, the answer is the same.</summary>
    [Fact]
    public async Task Each_form_of_a_client_s_id_is_answered_alike()
    {
        var (plain, global) = (_names["client"], _names["global"]);
        string[] forms =
        [
            $"client(id: \"{plain}\") {{ lastName }}",
            $"client(id: \"{global}\") {{ lastName }}",
            $"node(id: \"{global}\") {{ ... on Client {{ lastName }} }}",
            $"nodes(ids: [\"{global}\"]) {{ ... on Client {{ lastName }} }}",
            $"one: client(id: \"{plain}\") {{ lastName }} other: client(id: \"{global}\") {{ lastName }}",
            $"client(id: \"{plain}\", asItWasOn: \"2030-01-01\") {{ lastName }}",
            $"client(id: \"{plain}\", asKnownOn: \"2030-01-01\") {{ lastName }}",
        ];
        foreach (var form in forms)
        {
            await Holds("Query.client", _ => ($"{{ {form} }}", null));
        }
        foreach (var caller in AccessMatrix.Callers)
        {
            using var answer = JsonDocument.Parse((await As(caller).SendBody(
                $"[{{\"query\": \"{{ client(id: \\\"{plain}\\\") {{ lastName }} }}\"}}]")).Text);
            Assert.Equal(
                AccessMatrix.Answered("person").Contains(caller),
                answer.RootElement[0].GetProperty("data").ValueKind is JsonValueKind.Object
                    && answer.RootElement[0].At("data", "client").ValueKind is JsonValueKind.Object);
        }
    }

    /// <summary>A role that reads no client learns of none whether there is one.</summary>
    [Theory]
    [InlineData("client(id: \"{0}\") {{ lastName }}")]
    [InlineData("client(id: \"{0}\", asItWasOn: \"2020-01-01\") {{ lastName }}")]
    public async Task Roles_without_clients_are_refused_alike_whether_there_is_one(string query)
    {
        foreach (var caller in (string[])["researcher", "integration", "operator", "data-protection", "record-system"])
        {
            var (there, nowhere) = (await Ask(_names["client"]), await Ask($"nobody-{Guid.NewGuid():N}"));
            Assert.Equal("FORBIDDEN", there.Code);
            Assert.Equal(there.Text, nowhere.Text);

            Task<Answer> Ask(string id) => As(caller).Send(
                $"{{ {string.Format(System.Globalization.CultureInfo.InvariantCulture, query, id)} }}");
        }
    }

    private Task Holds(string field, Func<string, (string Query, object? Variables)> document) =>
        HoldsOf(field, caller =>
        {
            var (query, variables) = document(caller);
            return As(caller).Send(query, variables);
        });

    private static async Task HoldsOf(string field, Func<string, Task<Answer>> ask)
    {
        var answered = new List<string>();
        foreach (var caller in AccessMatrix.Callers)
        {
            var answer = await ask(caller);
            Assert.True(answer.Code is null or "FORBIDDEN", $"{field} as {caller}: {answer.Text}");
            if (answer.Code is null)
            {
                answered.Add(caller);
            }
        }
        Assert.True(
            AccessMatrix.Answered(AccessMatrix.Classes[field]).SequenceEqual(answered),
            $"{field} ({AccessMatrix.Classes[field]}) answers {string.Join(' ', answered)}");
    }

    /// <summary>A batch is anybody's: each of its commands is judged as its mutation is (BatchTests).</summary>
    private (string Query, object? Variables) Document(string mutation) => mutation == "executeCommands"
        ? ("mutation { executeCommands(commands: []) { position } }", null)
        : Questions.Mutations.TryGetValue(mutation, out var text)
        ? ($"mutation {{ {mutation}(input: {{ {Named(text)} }}) {{ __typename }} }}", null)
        : ($"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) "
            + $"{{ {mutation}(input: $input) {{ accepted }} }}",
            new
            {
                input = _any.InputOf(mutation)
                    ?? throw new InvalidOperationException($"Nothing says how {mutation} is asked without effect."),
            });

    private string Named(string text) =>
        _names.Aggregate(text, (named, name) => named.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    private GraphQLClient As(string caller) => caller switch
    {
        "worker" => demo.Server.As(Role.SocialWorker, Own, Worker),
        "worker-else" => demo.Server.As(Role.SocialWorker, Own, Else),
        "worker-away" => demo.Server.As(Role.SocialWorker, Away, Worker),
        "counsellor" => demo.Server.As(Role.Counsellor, Own, Worker),
        "counsellor-else" => demo.Server.As(Role.Counsellor, Own, Else),
        "counsellor-away" => demo.Server.As(Role.Counsellor, Away, Worker),
        "coordinator" => demo.Server.As(Role.Coordinator, Own),
        "coordinator-away" => demo.Server.As(Role.Coordinator, Away),
        "researcher" => demo.Server.As(Role.Researcher),
        "integration" => demo.Server.As(Role.Integration),
        "operator" => demo.Server.As(Role.Operator),
        "data-protection" => demo.Server.As(Role.DataProtection, Own),
        "record-system" => demo.Server.As(Role.RecordSystem, Own),
        "record-system-away" => demo.Server.As(Role.RecordSystem, Away),
        "data-protection-away" => demo.Server.As(Role.DataProtection, Away),
        _ => throw new ArgumentOutOfRangeException(nameof(caller)),
    };
}
