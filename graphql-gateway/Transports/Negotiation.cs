using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Which media type an answer has, and which status belongs to it (GraphQL over HTTP, sections 6 and 7).
/// </summary>
internal static class Negotiation
{
    public const string Json = "application/json; charset=utf-8";
    public const string EventStream = "text/event-stream; charset=utf-8";
    public const string GraphQLJson = "application/graphql-response+json; charset=utf-8";

    /// <summary>Data and errors in one answer; not a registered status.</summary>
    private const int PartialSuccess = 294;

    /// <summary>The media type that the caller likes best of the three; null when it takes none.</summary>
    public static string? AnswerType(StringValues accept)
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
            if (type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
            {
                return EventStream;
            }
        }
        return null;
    }

    /// <summary>True for a caller that likes another answer better, but reads an event stream where it must.</summary>
    public static bool TakesEventStream(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var wanted)
        && wanted.Any(t => t.Quality is null or > 0
            && t.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the caller wants to know of the cost; nothing where the header says anything else.</summary>
    public static CostReport CostOf(StringValues header) =>
        header.Count == 0 ? CostReport.None
        : header == "report" ? CostReport.Beside
        : header == "validate" ? CostReport.Only
        : CostReport.None;

    public static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    /// <param name="result">How the request ended.</param>
    /// <param name="answerType">The media type of the answer.</param>
    /// <param name="finer">Statuses of the newer text, see decision 0006.</param>
    public static int StatusOf(in GraphQLResult result, string answerType, bool finer) =>
        result.Outcome == GraphQLOutcome.Success || answerType != GraphQLJson ? StatusCodes.Status200OK
        : finer ? FinerStatusOf(result)
        : result.Outcome == GraphQLOutcome.RequestError ? StatusCodes.Status400BadRequest
        : StatusCodes.Status200OK;

    private static int FinerStatusOf(in GraphQLResult result) =>
        result.Outcome == GraphQLOutcome.FieldErrors ? PartialSuccess
        : result.FirstErrorCode == GraphQLErrorCodes.Syntax ? StatusCodes.Status400BadRequest
        : StatusCodes.Status422UnprocessableEntity;
}
