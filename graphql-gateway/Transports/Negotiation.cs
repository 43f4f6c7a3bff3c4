using Microsoft.Net.Http.Headers;
using OsstOrleans.Gateway.Engines.Embedded;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Which media type an answer has, and which status belongs to it (GraphQL over HTTP, sections 6 and 7).
/// </summary>
internal static class Negotiation
{
    public const string Json = "application/json; charset=utf-8";
    public const string GraphQLJson = "application/graphql-response+json; charset=utf-8";

    /// <summary>The media type that the caller likes best of the two; null when it takes neither.</summary>
    public static string? AnswerType(Microsoft.Extensions.Primitives.StringValues accept)
    {
        if (accept.Count == 0 || accept == "*/*" || accept == "application/json")
        {
            return Json;
        }
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            return null;
        }
        foreach (var type in wanted.OrderByDescending(t => t.Quality ?? 1).Where(t => t.Quality is null or > 0))
        {
            if (type.MatchesMediaType("application/graphql-response+json") && type.MediaType != "*/*")
            {
                return GraphQLJson;
            }
            if (type.MatchesMediaType("application/json"))
            {
                return Json;
            }
        }
        return null;
    }

    public static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    public static int StatusOf(GraphQLResult result, string answerType) =>
        result.Outcome == GraphQLOutcome.RequestError && answerType == GraphQLJson
            ? StatusCodes.Status400BadRequest
            : StatusCodes.Status200OK;
}
