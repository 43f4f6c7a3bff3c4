using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Contracts;

/// <summary>
/// OpenAPI 3.1 of the addresses beside GraphQL's own contract: the feed, evaluations as files, and imports, which are
/// documents that the server knows by their ids.
/// </summary>
internal static class OpenApi
{
    /// <summary>What the addresses, kinds and events of this version are.</summary>
    public static JsonObject Document() => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "OsstOrleans",
            ["version"] = "1",
            ["description"] = "Addresses for machines. All else is GraphQL: /graphql/schema.graphql.",
        },
        ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        ["paths"] = new JsonObject
        {
            ["/feed"] = new JsonObject { ["get"] = Feed() },
            ["/evaluation/{subject}.{form}"] = new JsonObject { ["get"] = Evaluation() },
            ["/graphql"] = new JsonObject { ["post"] = Import() },
        },
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
            },
            ["schemas"] = new JsonObject
            {
                ["Event"] = Event(),
                ["ImportRequest"] = ImportRequest(),
                ["ImportAnswer"] = ImportAnswer(),
                ["Errors"] = Errors(),
            },
        },
    };

    private static JsonObject Feed() => new()
    {
        ["operationId"] = "feed",
        ["summary"] = "Events that a receiver may have, in commit order. Going on with the cursor skips and repeats "
            + "nothing.",
        ["parameters"] = new JsonArray(
            Query("receiver", Text(), "The receiver's key; its subject is the token's.", isNeeded: true),
            Query("after", Text(), "The cursor of an earlier answer; the log's beginning when absent."),
            Query("limit", Whole(1, 500, usual: 100), "The most events of the answer.")),
        ["responses"] = Responses(
            Json(new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("events", "cursor", "hasMore"),
                ["properties"] = new JsonObject
                {
                    ["events"] = new JsonObject { ["type"] = "array", ["items"] = Reference("Event") },
                    ["cursor"] = Text(),
                    ["hasMore"] = new JsonObject { ["type"] = "boolean" },
                },
            }),
            ("400", "A cursor or limit of another form."), ("401", "No valid token."),
            ("403", "The token's subject does not ask for events as this receiver."),
            ("410", "The log was restored to a day before the cursor: begin without one."),
            ("429", "Too many operations of this caller are under way."), ("503", "Try again.")),
    };

    private static JsonObject Evaluation() => new()
    {
        ["operationId"] = "evaluation",
        ["summary"] = "An evaluation with its codebook, as the same caller gets it of `evaluation` in GraphQL.",
        ["parameters"] = new JsonArray(
            InPath("subject", OneOf<EvaluationSubject>()), InPath("form", Words(EvaluationFile.Forms)),
            Query("from", Month("2018-01"), "The first month."), Query("to", Month("2019-12"), "The last month."),
            Query("gap", Whole(1, EvaluationQuestion.LongestGap, EvaluationQuestion.UsualGap),
                "Months without a benefit that make an exit."),
            Query("age", OneOf<AgeGroup>(), "One age group alone."),
            Query("reason", OneOf<ReferralReason>(), "One reason of referral alone."),
            Query("measure", OneOf<PanelMeasure>(), "What of published statistics."),
            Query("incident", new JsonObject { ["type"] = "boolean" }, "New episodes alone."),
            Query("municipality", new JsonObject { ["type"] = "array", ["items"] = Text() }, "Official codes.")),
        ["responses"] = Responses(
            new JsonObject
            {
                ["text/csv"] = new JsonObject { ["schema"] = Text() },
                ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } },
            },
            ("400", "A parameter of another form; the message names it."), ("401", "No valid token."),
            ("403", "The rule of small cells lets this not out."), ("404", "No such subject or form."),
            ("429", "Too many operations of this caller are under way.")),
    };

    private static JsonObject Import() => new()
    {
        ["operationId"] = "import",
        ["summary"] = "Takes lines of one kind; each has its own result. The same lines again, with the same importId "
            + "and places, happen once.",
        ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(Reference("ImportRequest")) },
        ["responses"] = Responses(
            Json(Reference("ImportAnswer")), ("401", "No valid token."), ("413", "The body is too large: halve it."),
            ("429", "Too many operations of this caller are under way.")),
    };

    private static JsonObject ImportRequest() => new()
    {
        ["oneOf"] = new JsonArray([.. ImportKinds.All.Select(kind => new JsonObject
        {
            ["title"] = ImportKinds.NameOf(kind),
            ["type"] = "object",
            ["required"] = new JsonArray("documentId", "variables"),
            ["properties"] = new JsonObject
            {
                ["documentId"] = new JsonObject { ["const"] = ImportDocuments.IdOf(kind) },
                ["variables"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("input"),
                    ["properties"] = new JsonObject { ["input"] = Input(kind) },
                },
            },
        })]),
    };

    private static JsonObject Input(ImportKind kind) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("source", "lines"),
        ["properties"] = new JsonObject
        {
            ["source"] = Text(),
            ["importId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            ["lineNumbers"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "integer" },
            },
            ["idempotencyKey"] = Text(),
            ["dryRun"] = new JsonObject { ["type"] = "boolean", ["default"] = false },
            ["lines"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["$ref"] = $"/contracts/lines/{ImportKinds.NameOf(kind)}.json" },
            },
        },
    };

    /// <summary>As <see cref="ImportDocuments"/> asks for it.</summary>
    private static JsonObject ImportAnswer() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "One field, importKIND, with the results in the order of the lines.",
                ["additionalProperties"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["results"] = new JsonObject { ["type"] = "array", ["items"] = Result() },
                    },
                },
            },
            ["errors"] = Reference("Errors"),
        },
    };

    private static JsonObject Result() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("status"),
        ["properties"] = new JsonObject
        {
            ["status"] = Words(Enum.GetNames<LineStatus>().Select(EnumNames.ToGraphQL)),
            ["position"] = new JsonObject { ["type"] = new JsonArray("integer", "null") },
            ["error"] = new JsonObject
            {
                ["type"] = new JsonArray("object", "null"),
                ["properties"] = new JsonObject
                {
                    ["code"] = Text(),
                    ["lineCode"] = Text(),
                    ["field"] = Text(),
                    ["message"] = Text(),
                },
            },
        },
    };

    private static JsonObject Event() => new()
    {
        ["type"] = "object",
        ["description"] = "A CloudEvent 1.0. The schema of its data is at dataschema, where the installation says its "
            + "own address: /contracts/events/NAME.json.",
        ["required"] = new JsonArray(
            "specversion", "id", "source", "type", "subject", "time", "municipality", "occurredon", "position",
            "version"),
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["const"] = "1.0" },
            ["id"] = Text(),
            ["source"] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference" },
            ["type"] = Words(EventSchemas.Names.Select(name => OutgoingEvents.TypePrefix + name)),
            ["dataschema"] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
            ["subject"] = Text(),
            ["time"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            ["datacontenttype"] = new JsonObject { ["const"] = "application/json" },
            ["municipality"] = Text(),
            ["occurredon"] = new JsonObject { ["type"] = "string", ["format"] = "date" },
            ["position"] = new JsonObject { ["type"] = "integer" },
            ["version"] = new JsonObject { ["type"] = "integer" },
            ["data"] = new JsonObject { ["type"] = new JsonArray("object", "null") },
        },
    };

    private static JsonObject Errors() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["message"] = Text(),
                ["extensions"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["code"] = Text() },
                },
            },
        },
    };

    private static JsonObject Responses(JsonObject content, params ReadOnlySpan<(string Status, string Words)> others)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = content },
        };
        foreach (var (status, words) in others)
        {
            responses[status] = new JsonObject { ["description"] = words };
        }
        return responses;
    }

    private static JsonObject Query(string name, JsonObject schema, string words, bool isNeeded = false) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["required"] = isNeeded,
        ["description"] = words,
        ["schema"] = schema,
    };

    private static JsonObject InPath(string name, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = schema };

    private static JsonObject Json(JsonObject schema) =>
        new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Month(string usual) =>
        new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}$", ["default"] = usual };

    private static JsonObject Whole(int least, int most, int usual) =>
        new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["default"] = usual };

    private static JsonObject OneOf<TEnum>()
        where TEnum : struct, Enum => Words(Enum.GetValues<TEnum>().Select(EvaluationFile.NameOf));

    private static JsonObject Words(IEnumerable<string> words) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };
}
