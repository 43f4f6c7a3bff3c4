using System.Text.Json;

namespace OsstOrleans.GraphQL;

/// <summary>What a caller asks: a document, which of its operations, and the variables' values.</summary>
/// <param name="Query">The document's text; empty as long as only its id is known.</param>
/// <param name="OperationName">Needed when the document has several operations.</param>
/// <param name="Variables">A JSON object; null when there are none.</param>
public sealed record GraphQLRequest(string Query, string? OperationName = null, JsonElement? Variables = null)
{
    /// <summary>The id of a trusted document, whose text a transport puts in before an engine sees it.</summary>
    public string? DocumentId { get; init; }

    /// <summary>What the client says beside the request, a JSON object for the host; null for nothing.</summary>
    public JsonElement? Extensions { get; init; }

    /// <summary>
    /// True when it stands in the address of a GET, which histories, proxies and logs keep: a host can refuse there
    /// what holds personal values.
    /// </summary>
    public bool IsInAddress { get; init; }

    /// <summary>
    /// Reads the JSON of a POST or a socket, <c>{"query": ..., "operationName": ..., "variables": ...}</c>.
    /// </summary>
    /// <exception cref="GraphQLRequestFault">The body is not JSON, or not of that form.</exception>
    public static GraphQLRequest Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return RequestReader.ReadOne(ref reader);
    }

    /// <summary>Reads the parameters of a GET.</summary>
    /// <exception cref="GraphQLRequestFault">There is no document, or the variables or extensions are no JSON object.
    /// </exception>
    public static GraphQLRequest Of(
        string? query, string? documentId, string? operationName, string? variables, string? extensions) =>
        RequestReader.Request(
            NullIfEmpty(query), NullIfEmpty(documentId), NullIfEmpty(operationName),
            Parse(variables, "variables"), Parse(extensions, "extensions")) with
        { IsInAddress = true };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static JsonElement? Parse(string? json, string name)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(json);
            return RequestReader.Object(document.RootElement.Clone(), name);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new GraphQLRequestFault($"The {name} are not valid JSON.", isJson: false);
        }
    }
}
