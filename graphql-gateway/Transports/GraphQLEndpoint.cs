using System.Buffers;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// GraphQL over HTTP: POST for everything, GET for queries. The status follows the answer's media type: with
/// <c>application/graphql-response+json</c> it tells what happened, with <c>application/json</c> a well-formed request
/// is always answered with 200.
/// </summary>
internal sealed class GraphQLEndpoint(
    IGraphQLEngine engine, StreamServices services, RequestDelegate sockets, bool finerStatuses)
{
    public const string Path = "/graphql";

    /// <summary>A larger body is refused before it is read.</summary>
    public const int MaxBodyBytes = 1 << 20;

    /// <summary>What a query or mutation may take.</summary>
    public static readonly TimeSpan ExecutionTime = TimeSpan.FromSeconds(30);

    private readonly Tokens _tokens = services.Tokens;
    private readonly Deadlines _deadlines = services.Deadlines;
    private readonly EventStreamEndpoint _streams = new(services);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_answer;

    public async Task Handle(HttpContext http)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (isGet && http.Request.Headers.Upgrade.Count > 0)
        {
            await sockets(http);
            return;
        }
        if (Negotiation.AnswerType(http.Request.Headers.Accept) is not { } answerType)
        {
            await Refusal.Write(http, StatusCodes.Status406NotAcceptable, Negotiation.Json, Refusal.NotAcceptable);
            return;
        }
        if (await _tokens.Identify(http.Request.Headers.Authorization) is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Refusal.Write(http, StatusCodes.Status401Unauthorized, answerType, Refusal.Unauthenticated);
            return;
        }
        if (await Read(http, isGet, answerType) is not { } request)
        {
            return;
        }
        if (isGet && engine.KindOf(request) is OperationKind.Mutation)
        {
            http.Response.Headers.Allow = "POST";
            await Refusal.Write(http, StatusCodes.Status405MethodNotAllowed, answerType, Refusal.MutationByGet);
            return;
        }
        await (ReferenceEquals(answerType, Negotiation.EventStream)
            ? _streams.Answer(http, request, caller)
            : Answer(http, request, caller, answerType));
    }

    /// <summary>The request, or null when it was refused already.</summary>
    private async ValueTask<GraphQLRequest?> Read(HttpContext http, bool isGet, string answerType)
    {
        try
        {
            if (isGet)
            {
                return ReadQuery(http.Request.Query);
            }
            if (!HttpMethods.IsPost(http.Request.Method))
            {
                http.Response.Headers.Allow = "GET, POST";
                await Refusal.Write(http, StatusCodes.Status405MethodNotAllowed, answerType, Refusal.Method);
                return null;
            }
            if (!Negotiation.IsJson(http.Request.ContentType))
            {
                await Refusal.Write(http, StatusCodes.Status415UnsupportedMediaType, answerType, Refusal.MediaType);
                return null;
            }
            return await ReadBody(http);
        }
        catch (GraphQLRequestFault fault)
        {
            var status = finerStatuses && fault.IsJson
                ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status400BadRequest;
            await Refusal.Write(http, status, answerType, (GraphQLErrorCodes.BadRequest, fault.Message));
            return null;
        }
        catch (BadHttpRequestException fault)
        {
            var tooLarge = fault.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await Refusal.Write(http, fault.StatusCode, answerType, tooLarge ? Refusal.TooLarge : Refusal.Broken);
            return null;
        }
    }

    private static GraphQLRequest ReadQuery(IQueryCollection query) => query["query"].ToString() is { Length: > 0 } text
        ? new GraphQLRequest(
            text, query["operationName"].ToString() is { Length: > 0 } name ? name : null,
            GraphQLRequest.ParseVariables(query["variables"]))
        : throw new GraphQLRequestFault("The request has no \"query\".");

    private static async ValueTask<GraphQLRequest> ReadBody(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return GraphQLRequest.Parse(read.Buffer);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End); // Also past nonsense, or the connection could not go on.
            }
        }
    }

    private async Task Answer(HttpContext http, GraphQLRequest request, Verified caller, string answerType)
    {
        var answer = Interlocked.Exchange(ref s_answer, null) ?? new ArrayBufferWriter<byte>(4096);
        try
        {
            var context = new RequestContext
            {
                Caller = caller.Caller,
                TraceId = http.TraceIdentifier,
                Cancelled = _deadlines.Next(),
            };
            var result = await engine.ExecuteAsync(request, context, answer);
            if (result.FirstErrorCode == GraphQLErrorCodes.Operation && IsForStream(http, request))
            {
                await _streams.Answer(http, request, caller);
                return;
            }
            http.Response.StatusCode = Negotiation.StatusOf(result, answerType, finerStatuses);
            http.Response.ContentType = answerType;
            http.Response.ContentLength = answer.WrittenCount;
            http.Response.BodyWriter.Write(answer.WrittenSpan);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            answer.ResetWrittenCount();
            s_answer = answer; // A large answer keeps its buffer on one thread only.
        }
    }

    /// <summary>A subscription whose caller likes JSON better, which cannot carry one.</summary>
    private bool IsForStream(HttpContext http, GraphQLRequest request) =>
        engine.KindOf(request) is OperationKind.Subscription
        && Negotiation.TakesEventStream(http.Request.Headers.Accept);
}
