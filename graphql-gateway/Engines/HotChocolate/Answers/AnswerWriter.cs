using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OsstOrleans.Gateway.Engines.HotChocolate.Answers;

/// <summary>
/// Turns HotChocolate's answer into the platform's: data before errors, text escaped no further than JSON needs,
/// errors in the platform's codes, faults of resolvers as they were thrown.
/// </summary>
/// <param name="limits">How many errors an answer may have.</param>
/// <param name="traceId">Stands in unexpected errors.</param>
/// <param name="onUnexpected">Gets the engine's code of a fault inside the engine itself.</param>
internal sealed class AnswerWriter(GraphQLLimits limits, string traceId, Action<string>? onUnexpected)
{
    /// <summary>
    /// The entry of an error's <c>extensions</c> that holds the number of the fault that a resolver threw.
    /// </summary>
    public const string FaultKey = "osstFault";

    private const string Unexpected = "Unexpected fault";

    /// <summary>An entry <c>"extensions":{...}</c> for answers of what has run; null for none.</summary>
    public string? Extensions { get; init; }

    /// <summary>Finds where the field at a path is mentioned; null when only the engine's word counts.</summary>
    public Func<IReadOnlyList<object>, IReadOnlyList<SourceLocation>>? Locate { get; init; }

    /// <param name="answer">JSON in the form of specification section 7.1.</param>
    /// <param name="kind">What was executed.</param>
    /// <param name="faults">What resolvers threw, by number.</param>
    /// <param name="isLast">True for the answer that says why a stream broke: it has no data.</param>
    /// <param name="json">Takes the platform's answer.</param>
    public GraphQLResult Write(
        string answer, OperationKind? kind, IReadOnlyList<FieldFault> faults, bool isLast, JsonSink json)
    {
        using var document = JsonDocument.Parse(answer);
        var hasErrors = document.RootElement.TryGetProperty("errors", out var given) &&
            given.ValueKind == JsonValueKind.Array && given.GetArrayLength() > 0;
        var all = hasErrors ? given.EnumerateArray().ToArray() : [];
        var hasRun = document.RootElement.TryGetProperty("data", out var data) || all.Any(e => FaultOf(e) is not null);
        var errors = all.Take(limits.MaxErrors).Select(e => Read(e, faults, hasRun)).ToArray();
        if (!hasRun || isLast)
        {
            ErrorJson.WriteAnswer(errors, json);
            return new GraphQLResult(
                hasRun ? GraphQLOutcome.FieldErrors : GraphQLOutcome.RequestError, hasRun ? kind : null,
                errors.Length > 0 ? errors[0].Code : null);
        }
        json.Raw("{\"data\":"u8);
        Value(data, json);
        if (errors.Length > 0)
        {
            json.Raw(",\"errors\":"u8);
            ErrorJson.Write(errors, json);
        }
        if (Extensions is not null)
        {
            json.Raw((byte)',');
            json.Raw(Encoding.UTF8.GetBytes(Extensions));
        }
        json.Raw((byte)'}');
        return errors.Length == 0
            ? new GraphQLResult(GraphQLOutcome.Success, kind, null)
            : new GraphQLResult(GraphQLOutcome.FieldErrors, kind, errors[0].Code);
    }

    private GraphQLError Read(JsonElement error, IReadOnlyList<FieldFault> faults, bool hasRun)
    {
        var message = Text(error, "message") ?? Unexpected;
        var path = hasRun && error.TryGetProperty("path", out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().Select(Segment).ToArray()
            : null;
        IReadOnlyList<SourceLocation> locations = path is not null && Locate is not null
            ? Locate(path)
            : [.. List(error, "locations").Select(l => new SourceLocation(
                l.GetProperty("line").GetInt32(), l.GetProperty("column").GetInt32()))];
        if (FaultOf(error) is { } number)
        {
            var fault = faults[number];
            return new GraphQLError(fault.Code, fault.Message, locations)
            {
                Path = path,
                Extensions = fault.Extensions,
            };
        }
        var theirs = Extension(error, "code") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        // Rules of validation name a variable too, and the specification's section beside it.
        var code = ErrorCodeMap.Of(
            theirs, message, hasRun,
            namesVariable: Extension(error, "variable") is not null && Extension(error, "specifiedBy") is null);
        if (code != GraphQLErrorCodes.Internal)
        {
            return new GraphQLError(code, message, locations) { Path = path };
        }
        onUnexpected?.Invoke(theirs ?? "none");
        return new GraphQLError(code, Unexpected, locations)
        {
            Path = path,
            Extensions = new Dictionary<string, object?> { ["traceId"] = traceId },
        };
    }

    private static int? FaultOf(JsonElement error) =>
        Extension(error, FaultKey) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static JsonElement? Extension(JsonElement error, string name) =>
        error.TryGetProperty("extensions", out var extensions) && extensions.ValueKind == JsonValueKind.Object &&
        extensions.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement[] List(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];

    private static object Segment(JsonElement segment) =>
        segment.ValueKind == JsonValueKind.Number ? segment.GetInt32() : segment.GetString()!;

    private static void Value(JsonElement value, JsonSink json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.Raw((byte)'{');
                foreach (var property in value.EnumerateObject())
                {
                    json.Text(property.Name);
                    json.Raw((byte)':');
                    Value(property.Value, json);
                    json.Raw((byte)',');
                }
                json.Close((byte)'}');
                break;
            case JsonValueKind.Array:
                json.Raw((byte)'[');
                foreach (var item in value.EnumerateArray())
                {
                    Value(item, json);
                    json.Raw((byte)',');
                }
                json.Close((byte)']');
                break;
            case JsonValueKind.String:
                json.Text(value.GetString());
                break;
            case JsonValueKind.Undefined:
                json.Null();
                break;
            default:
                json.Raw(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }
}
