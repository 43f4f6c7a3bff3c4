using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OsstOrleans.GraphQL;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>One operation with what is sent beside it.</summary>
internal sealed record Question(string Query, string? Variables = null, string? OperationName = null);

/// <summary>What somebody answered, in a form that can be compared: the data as text with its keys in order, and each
/// error as <c>message @ path @ places</c>.</summary>
internal sealed record Answer(string Data, IReadOnlyList<string> Errors)
{
    /// <summary>What the reference answers to each question.</summary>
    public static async Task<Answer[]> OfReference(
        string sdl, IReadOnlyList<Question> questions, bool suggests)
    {
        var told = JsonSerializer.Serialize(new
        {
            sdl,
            suggests,
            requests = questions.Select(question => new
            {
                query = question.Query,
                variables = question.Variables is { } json ? JsonElement.Parse(json) : (JsonElement?)null,
                operationName = question.OperationName,
            }),
        });
        using var answers = JsonDocument.Parse(await Node.Oracle.Tell(told, "reference.mjs"));
        return [.. answers.RootElement.EnumerateArray().Select(Of)];
    }

    /// <summary>What an engine of ours answers.</summary>
    public static async Task<Answer> OfEngine(IGraphQLEngine engine, Question question)
    {
        var variables = question.Variables is { } json ? JsonElement.Parse(json) : (JsonElement?)null;
        var request = new GraphQLRequest(question.Query, question.OperationName, variables);
        if (engine.KindOf(request) == OperationKind.Subscription)
        {
            return await OfEvents(engine, request);
        }
        var output = new ArrayBufferWriter<byte>();
        await engine.ExecuteAsync(request, new GraphQLRequestContext { TraceId = "oracle" }, output);
        return Parse(output.WrittenMemory);
    }

    public override string ToString() => $"{Data}\n    {string.Join("\n    ", Errors)}";

    private static async Task<Answer> OfEvents(IGraphQLEngine engine, GraphQLRequest request)
    {
        var events = new List<Answer>();
        await foreach (var happened in engine.SubscribeAsync(request, new GraphQLRequestContext { TraceId = "oracle" }))
        {
            events.Add(Parse(happened.Json));
        }
        return events is [{ Data: "absent" } refusal] ? refusal : OfEvents(events);
    }

    private static Answer OfEvents(IReadOnlyList<Answer> events) => new(
        string.Join('\n', events.Select(each => each.Data)),
        [.. events.SelectMany((each, i) => each.Errors.Select(error => $"event {i}: {error}"))]);

    private static Answer Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    private static Answer Of(JsonElement answer) => answer.TryGetProperty("events", out var events)
        ? OfEvents([.. events.EnumerateArray().Select(Of)])
        : new Answer(
            answer.TryGetProperty("data", out var data) ? Text(data) : "absent",
            answer.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(Error)] : []);

    private static string Error(JsonElement error)
    {
        var path = error.TryGetProperty("path", out var steps) ? string.Join('.', steps.EnumerateArray()) : "";
        var places = error.TryGetProperty("locations", out var locations)
            ? locations.EnumerateArray().Select(at => $"{at.GetProperty("line")}:{at.GetProperty("column")}")
            : [];
        return $"{error.GetProperty("message").GetString()} @ {path} @ {string.Join(' ', places)}";
    }

    /// <summary>JSON with its keys as they come; numbers by value: 1.0 is 1, and -0 is 0.</summary>
    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(", ", json.EnumerateObject().Select(p =>
            $"{p.Name}: {Text(p.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", json.EnumerateArray().Select(Text)) + "]",
        JsonValueKind.Number => (json.GetDouble() + 0.0).ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        _ => json.GetRawText(),
    };
}
