using System.Buffers;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// GraphQL over HTTP: POST for everything, GET for queries. The status follows the answer's media type: with
/// <c>application/graphql-response+json</c> it says what happened, with <c>application/json</c> a well-formed request
/// is always answered with 200.
/// </summary>
internal sealed class GraphQLEndpoint(
    IGraphQLEngine engine, StreamServices services, RequestDelegate sockets, bool finerStatuses)
{
    public const string Path = "/graphql";

    /// <summary>The header that asks what an operation costs: <c>report</c> or <c>validate</c>.</summary>
    public const string CostHeader = "GraphQL-Cost";

    private const string Methods = "GET, POST, OPTIONS";

    private readonly Tokens _tokens = services.Tokens;
    private readonly EventStreamEndpoint _streams = new(services);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_answer;

    public async Task Handle(HttpContext http)
    {
        if (Negotiation.OffersWebSocket(http.Request))
        {
            await sockets(http);
            return;
        }
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.Headers.Allow = Methods;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (Negotiation.AnswerType(http.Request.Headers.Accept) is not { } answerType)
        {
            await Refusal.Write(http, StatusCodes.Status406NotAcceptable, Negotiation.Json, Refusal.NotAcceptable);
            return;
        }
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = Methods;
            await Refusal.Write(http, StatusCodes.Status405MethodNotAllowed, answerType, Refusal.Method);
            return;
        }
        if (await http.Identify(_tokens) is not { } caller)
        {
            http.AskForToken();
            await Refusal.Write(http, StatusCodes.Status401Unauthorized, answerType, Refusal.Unauthenticated);
            return;
        }
        if (!caller.Use.TryBegin(services.Http.MaxOperationsPerCaller))
        {
            await Refusal.Write(http, StatusCodes.Status429TooManyRequests, answerType, Refusal.TooManyOperations);
            return;
        }
        try
        {
            await Serve(http, caller, answerType);
        }
        finally
        {
            caller.Use.End();
        }
    }

    private async Task Serve(HttpContext http, Verified caller, string answerType)
    {
        if (await Read(http, caller, answerType) is not { } body)
        {
            return;
        }
        var isStream = ReferenceEquals(answerType, Negotiation.EventStream);
        if (body.Batch is not null && isStream)
        {
            await Refusal.Write(http, StatusCodes.Status400BadRequest, answerType, Refusal.StreamedBatch);
            return;
        }
        if (body.Single is { } request && isStream)
        {
            await _streams.Answer(http, request, caller);
            return;
        }
        await Answer(http, body, caller, answerType);
    }

    /// <summary>What is asked, or null when it was refused already.</summary>
    private async ValueTask<RequestBody?> Read(HttpContext http, Verified caller, string answerType)
    {
        try
        {
            var isGet = HttpMethods.IsGet(http.Request.Method);
            if (!isGet && http.Request.Headers.ContentEncoding.Count > 0)
            {
                http.Response.Headers.AcceptEncoding = "identity"; // RFC 9110, section 15.5.16
                await Refusal.Write(http, StatusCodes.Status415UnsupportedMediaType, answerType, Refusal.Encoding);
                return null;
            }
            if (!isGet && !Negotiation.IsJson(http.Request.ContentType))
            {
                await Refusal.Write(http, StatusCodes.Status415UnsupportedMediaType, answerType, Refusal.MediaType);
                return null;
            }
            var body = isGet
                ? RequestBody.Of(http.Request.Query)
                : await RequestBody.Read(http.Request, services.Http.MaxBatch);
            if (body.Single is not { } single)
            {
                return body;
            }
            var request = services.Admit(single, caller);
            if (isGet && engine.KindOf(request) is OperationKind.Mutation)
            {
                http.Response.Headers.Allow = "POST";
                await Refusal.Write(
                    http, StatusCodes.Status405MethodNotAllowed, answerType, Refusal.MutationByGet);
                return null;
            }
            return new RequestBody(request, null);
        }
        catch (GraphQLRequestFault fault)
        {
            var status = finerStatuses && fault.IsJson
                ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status400BadRequest;
            await Refusal.Write(http, status, answerType, (fault.Code, fault.Message));
            return null;
        }
        catch (BadHttpRequestException fault)
        {
            var tooLarge = fault.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await Refusal.Write(
                http, fault.StatusCode, answerType, tooLarge ? services.Refusals.TooLarge : Refusal.Broken);
            return null;
        }
    }

    private async Task Answer(HttpContext http, RequestBody body, Verified caller, string answerType)
    {
        var answer = Interlocked.Exchange(ref s_answer, null) ?? new ArrayBufferWriter<byte>(4096);
        try
        {
            var traceId = StreamServices.TraceOf(http);
            var cost = Negotiation.CostOf(http.Request.Headers[CostHeader]);
            if (body.Single is { } request)
            {
                var context = services.Context(request, caller, traceId, cost: cost);
                var result = await engine.ExecuteAsync(request, context, answer);
                if (result.FirstErrorCode == GraphQLErrorCodes.Operation && IsForStream(http, request))
                {
                    await _streams.Answer(http, request, caller);
                    return;
                }
                http.Response.StatusCode = Negotiation.StatusOf(result, answerType, finerStatuses);
            }
            else
            {
                await BatchAnswer.Write(body.Batch!, engine, services, caller, traceId, cost, answer);
            }
            http.Response.ContentType = answerType;
            http.Response.Headers.CacheControl = "no-store"; // An answer may hold a person's data.
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
