using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Telemetry;

namespace OsstOrleans.Gateway.Transports;

/// <summary>Answers to requests that never reach the engine; in the form of every other error.</summary>
internal sealed class Refusal(HttpLimits limits)
{
    /// <summary>Seconds until it is worth to ask again what is refused for the moment.</summary>
    public const string SoonAgain = "1";

    public static readonly (string Code, string Message) Unauthenticated =
        (ErrorCodes.Unauthenticated, "A valid bearer token is needed.");

    public static readonly (string Code, string Message) NotAcceptable =
        (GraphQLErrorCodes.BadRequest,
            "Answers are application/graphql-response+json, application/json or text/event-stream.");

    public static readonly (string Code, string Message) Method = (GraphQLErrorCodes.BadRequest, "Use POST or GET.");

    public static readonly (string Code, string Message) MutationByGet =
        (GraphQLErrorCodes.BadRequest, "A mutation needs POST.");

    public static readonly (string Code, string Message) MediaType =
        (GraphQLErrorCodes.BadRequest, "The body must be application/json in UTF-8.");

    public static readonly (string Code, string Message) Encoding =
        (GraphQLErrorCodes.BadRequest, "The body must not be compressed.");

    public static readonly (string Code, string Message) Protocol =
        (GraphQLErrorCodes.BadRequest, "The only other protocol here is WebSocket.");

    public static readonly (string Code, string Message) Broken =
        (GraphQLErrorCodes.BadRequest, "The request could not be read.");

    public static readonly (string Code, string Message) StreamedBatch =
        (GraphQLErrorCodes.BadRequest, "A batch is answered in JSON, not as a stream of events.");

    public static readonly (string Code, string Message) TooManyOperations =
        (ErrorCodes.LimitOperations, "Too many operations of this caller are under way; end some first.");

    public static readonly (string Code, string Message) Ended =
        (ErrorCodes.Unauthenticated, "The bearer token has expired or was revoked; come back with a new one.");

    public (string Code, string Message) TooLarge { get; } =
        (ErrorCodes.LimitBody, $"A body has at most {limits.MaxBodyBytes} bytes.");

    public static async Task Write(HttpContext http, int status, string answerType, (string Code, string Message) error)
    {
        http.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = SoonAgain; // RFC 9110, section 10.2.3
        }
        http.Response.ContentType = answerType == Negotiation.EventStream ? Negotiation.Json : answerType;
        await http.Response.Body.WriteAsync(Json(error));
    }

    /// <summary>The text of an answer with this one error.</summary>
    public static byte[] Json((string Code, string Message) error)
    {
        GraphQLFigures.Refused(error.Code);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            errors = new[] { new { message = error.Message, extensions = new { code = error.Code } } },
        });
    }
}
