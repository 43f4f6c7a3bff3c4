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

    /// <summary>What is offered. Where the caller has no preference, the first is taken.</summary>
    private static readonly (string Name, MediaTypeHeaderValue Type)[] s_offers =
        [.. new[] { Json, GraphQLJson, EventStream }.Select(name => (name, MediaTypeHeaderValue.Parse(name)))];

    private static readonly MediaTypeHeaderValue s_eventStream = MediaTypeHeaderValue.Parse(EventStream);

    /// <summary>The media type that the caller prefers of the three; null when it takes none.</summary>
    public static string? AnswerType(StringValues accept)
    {
        if (accept == "*/*" || accept == "application/json" || StringValues.IsNullOrEmpty(accept))
        {
            return Json;
        }
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return null;
        }
        var (name, preference) = s_offers.Select(offer => (offer.Name, Preference.For(offer.Type, ranges)))
            .MaxBy(offer => offer.Item2);
        return preference.Quality > 0 ? name : null;
    }

    /// <summary>True for a caller that prefers another answer, but reads an event stream where it must.</summary>
    public static bool TakesEventStream(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var ranges)
        && Preference.For(s_eventStream, ranges) is { Quality: > 0, Exactness: Preference.ByName };

    /// <summary>
    /// True for a request that offers WebSocket. A client that offers HTTP/2 takes an answer without it as well, and an
    /// offer that no Connection header names was another's on the way here (RFC 9110, section 7.8).
    /// </summary>
    public static bool OffersWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 && HttpMethods.IsGet(request.Method)
        && Holds(request, HeaderNames.Upgrade, "websocket") && Holds(request, HeaderNames.Connection, "upgrade");

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
            && HeaderUtilities.UnescapeAsQuotedString(type.Charset) is var charset
            && (charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    /// <param name="result">How the request ended.</param>
    /// <param name="answerType">The media type of the answer.</param>
    /// <param name="finer">Statuses of the newer text, see decision 0006.</param>
    public static int StatusOf(in GraphQLResult result, string answerType, bool finer) =>
        result.Outcome == GraphQLOutcome.Success || answerType != GraphQLJson ? StatusCodes.Status200OK
        : finer ? FinerStatusOf(result)
        : result.Outcome == GraphQLOutcome.RequestError ? StatusCodes.Status400BadRequest
        : StatusCodes.Status200OK;

    private static bool Holds(HttpRequest request, string header, string token) => request.Headers
        .GetCommaSeparatedValues(header).Any(given => given.Equals(token, StringComparison.OrdinalIgnoreCase));

    private static int FinerStatusOf(in GraphQLResult result) =>
        result.Outcome == GraphQLOutcome.FieldErrors ? PartialSuccess
        : result.FirstErrorCode == GraphQLErrorCodes.Syntax ? StatusCodes.Status400BadRequest
        : StatusCodes.Status422UnprocessableEntity;
}
