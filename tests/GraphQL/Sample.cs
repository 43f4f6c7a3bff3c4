using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Tests;

/// <summary>A small schema with every kind of type, and data behind it.</summary>
internal static class Sample
{
    public const string Sdl = """
        scalar Date @specifiedBy(url: "https://example.org/date")

        interface Node { id: ID! }
        interface Named { name: String! }

        type Query {
          hello: String
          strict: String!
          echo(text: String = "none", number: Int, flag: Boolean! = false): String
          client(id: ID!): Client
          clients(first: Int = 2): [Client!]!
          maybeClients: [Client]
          node(id: ID!): Node
          search: [Found!]
          someNodes: [Node]
          matrix: [[Int]]
          on(date: Date): Date
          pick(by: Pick!): String
          filter(where: Filter): String
          fault: Client
          boom: Client
        }

        type Mutation { add(amount: Int!): Int! failing: Int! query: Query! }

        type Subscription { ticks(to: Int!): Tick! }
        type Tick { number: Int! client: Client }

        type Client implements Node & Named {
          id: ID!
          name: String!
          nick: String
          status: Status!
          born: Date
          municipality: Municipality!
          friends(first: Int = 10): [Client!]!
          risky: String!
          maybe: String
        }
        type Municipality implements Node & Named {
          id: ID! name: String! population: Int! old: Int @deprecated(reason: "gone")
        }
        type Centre { title: String! municipality: Municipality! }
        union Found = Client | Municipality | Centre
        enum Status { ACTIVE NO_SHOW CLOSED @deprecated }
        input Pick @oneOf { id: ID name: String }
        input Filter { status: [Status!] after: Date = "2018-01-01" nested: Filter limit: Int! = 5 }
        """;

    public static readonly Municipality Kuopio = new(297, "Kuopio", 118_000);

    public static readonly Client[] Clients =
    [
        new("c1", "Aino", null, Status.Active, new DateOnly(1990, 5, 1), [1, 2]),
        new("c2", "Eino \"E\"", "äö€😀\n", Status.NoShow, null, [2]),
        new("c3", "Väinö", null, Status.Active, null, []),
    ];

    public static ResolverMap Resolvers(Calls? calls = null, Client?[]? maybe = null) => new ResolverMap()
        .Scalar<DateOnly>("Date", "a date such as 2018-05-01", (d, json) => json.Quoted(d, "yyyy-MM-dd"),
            (object raw, out DateOnly d) => DateOnly.TryParseExact(raw as string, "yyyy-MM-dd",
                CultureInfo.InvariantCulture, DateTimeStyles.None, out d))
        .Object<Client>("Client")
        .Object<Municipality>("Municipality")
        .Object<Centre>("Centre")
        .Object<Tick>("Tick")
        .Root("Query", "hello", _ => Now<string?>("world"))
        .Root("Query", "strict", _ => Now<string?>(null))
        .Root("Query", "echo", c => Now<string?>(Echo(c)))
        .Root("Query", "client", c => Now(Clients.FirstOrDefault(x => x.Id == c.Arguments.Get<string>("id"))))
        .Root("Query", "clients", c => Now<IReadOnlyList<Client>>([.. Clients.Take(c.Arguments.Get<int>("first"))]))
        .Root("Query", "maybeClients", _ => Now<Client?[]>(maybe ?? [Clients[0], null, Clients[1]]))
        .Root("Query", "node", c => Now<object?>(
            c.Arguments.Get<string>("id") == "297" ? Kuopio : Clients.FirstOrDefault(x =>
                x.Id == c.Arguments.Get<string>("id"))))
        .Root("Query", "search", _ => Now<IReadOnlyList<object>>([Clients[0], Kuopio, new Centre("Olohuone"),
            Clients[1]]))
        .Root("Query", "someNodes", _ => Now<IReadOnlyList<object?>>(
            [Clients[0], new FieldFault("NOT_YOURS", "Not your client."), null, Kuopio]))
        .Root("Query", "matrix", _ => Now<List<int?[]?>>([[1, null], null, []]))
        .Root("Query", "on", c => Now(c.Arguments.GetOrDefault<DateOnly?>("date")))
        .Root("Query", "pick", c => Now(string.Join(",", c.Arguments.Get<Arguments>("by").Values)))
        .Root("Query", "filter", c => Now(Show(c.Arguments.Values.GetValueOrDefault("where"))))
        .Root<Client?>("Query", "fault", _ => throw new FieldFault("NOT_YOURS", "Not your client.",
            new Dictionary<string, object?> { ["field"] = "id", ["list"] = new[] { 1, 2 } }))
        .Root<Client?>("Query", "boom", _ => throw new InvalidOperationException("secret"))
        .Root("Mutation", "add", c => Now((calls ?? new Calls()).Add(c.Arguments.Get<int>("amount"))))
        .Root<int>("Mutation", "failing", _ => throw new FieldFault("REJECTED", "No."))
        .Root<object>("Mutation", "query", _ => Now(new object()))
        .Stream("ticks", (c, token) => Ticks(c.Arguments.Get<int>("to"), token))
        .Batch<Client, Municipality>("Client", "municipality", (parents, _) =>
        {
            calls?.Note("municipality", parents.Count);
            return Now<IReadOnlyList<Municipality>>([.. parents.Select(_ => Kuopio)]);
        })
        .Batch<Client, IReadOnlyList<Client>>("Client", "friends", async (parents, c) =>
        {
            calls?.Note("friends", parents.Count);
            await Task.Yield();
            return [.. parents.Select(p => p.Friends.Take(c.Arguments.Get<int>("first")).Select(i =>
                Clients[i]).ToArray())];
        })
        .Batch<Client, string>("Client", "risky", (parents, c) =>
        {
            for (var i = 0; i < parents.Count; i++)
            {
                if (parents[i].Id == "c2")
                {
                    c.Fail(i, new FieldFault("RISK", "Too risky."));
                }
            }
            return Now<IReadOnlyList<string>>([.. parents.Select(p => "ok " + p.Id)]);
        })
        .Plain<Client, string?>("Client", "maybe", c => c.Id == "c1" ? "yes" : throw new FieldFault("NO", "No."))
        .Plain<Centre, string>("Centre", "title", c => c.Name)
        .Plain<Centre, Municipality>("Centre", "municipality", _ => Kuopio)
        .Plain<Municipality, int?>("Municipality", "old", _ => 1);

    /// <summary>A request of a caller who may not ask for the schema.</summary>
    public static GraphQLRequestContext NoIntrospection => new()
    {
        IntrospectionRefusal = new GraphQLError("FORBIDDEN", "Not for you.", []),
    };

    public static GraphQLEngine Engine(Calls? calls = null, GraphQLOptions? options = null) =>
        GraphQLEngine.Build(Sdl, Resolvers(calls), options);

    public static async Task<string> Answer(
        this GraphQLEngine engine, string query, string? variables = null, string? operationName = null,
        GraphQLRequestContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonElement? json = variables is null ? null : JsonElement.Parse(variables);
        await engine.ExecuteAsync(
            new GraphQLRequest(query, operationName, json),
            context ?? new GraphQLRequestContext { TraceId = "t1" }, output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        using var valid = JsonDocument.Parse(text);
        return text;
    }

    private static string Echo(FieldCall c)
    {
        var text = c.Arguments.GetOrDefault<string>("text") ?? "null";
        var number = c.Arguments.Has("number")
            ? c.Arguments.GetOrDefault<int?>("number")?.ToString(CultureInfo.InvariantCulture) ?? "null"
            : "absent";
        return $"{text}|{number}|{c.Arguments.Get<bool>("flag")}";
    }

    private static string? Show(object? value) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> d => "{" + string.Join(",", d.Select(e => $"{e.Key}:{Show(e.Value)}")) +
            "}",
        object?[] list => "[" + string.Join(",", list.Select(Show)) + "]",
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static async IAsyncEnumerable<Tick> Ticks(
        int to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return new Tick(i, Clients[0]);
        }
        if (to > 2)
        {
            throw new FieldFault("BROKEN", "The stream broke.");
        }
    }

    private static ValueTask<T> Now<T>(T value) => new(value);
}

internal sealed class Calls
{
    private int _sum;

    public List<string> Noted { get; } = [];

    public void Note(string field, int parents) => Noted.Add($"{field} x{parents}");

    public int Add(int amount) => _sum += amount;
}

internal enum Status
{
    Active,
    NoShow,
    Closed,
}

internal sealed record Client(string Id, string Name, string? Nick, Status Status, DateOnly? Born, int[] Friends);

internal sealed record Municipality(int Id, string Name, int Population);

internal sealed record Centre(string Name);

internal sealed record Tick(int Number, Client? Client);
