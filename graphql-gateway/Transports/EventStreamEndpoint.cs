using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Server-sent events, one connection an operation (the "distinct connections mode" of GraphQL over SSE). Nothing is
/// queued: the next event is asked for when the last one is written, and sources give a slow reader the latest state.
/// </summary>
internal sealed class EventStreamEndpoint(StreamServices services)
{
    private static readonly byte[] s_comment = ":\n\n"u8.ToArray();
    private static readonly byte[] s_next = "event: next\ndata: "u8.ToArray();
    private static readonly byte[] s_endOfEvent = "\n\n"u8.ToArray();
    // Browsers drop an event without data.
    private static readonly byte[] s_complete = "event: complete\ndata: \n\n"u8.ToArray();

    public async Task Answer(HttpContext http, GraphQLRequest request, Verified caller)
    {
        try
        {
            Begin(http.Response);
            await Write(http, s_comment);
            await Stream(http, request, caller);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or TimeoutException)
        {
            http.Abort(); // The reader went away, or takes nothing any more.
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = Negotiation.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task Stream(HttpContext http, GraphQLRequest request, Verified caller)
    {
        using var valid = new Validity(caller, services);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            valid.Ended, services.Stopping, http.RequestAborted);
        await using var answers = services.Answers(request, caller, StreamServices.TraceOf(http), ended.Token)
            .GetAsyncEnumerator(ended.Token);
        while (await Next(http, answers, ended))
        {
            if (valid.IsOver)
            {
                break;
            }
            await Write(http, s_next, answers.Current.Json, s_endOfEvent);
        }
        if (valid.IsOver)
        {
            await Write(http, s_next, Refusal.Json(Refusal.Ended), s_endOfEvent);
        }
        // A process that stops does not complete the stream: only then does its client come back to the next one.
        if (valid.IsOver || !services.Stopping.IsCancellationRequested)
        {
            await Write(http, s_complete);
        }
    }

    /// <summary>Waits for the next answer, with a sign of life now and then.</summary>
    private async Task<bool> Next(
        HttpContext http, IAsyncEnumerator<GraphQLEvent> answers, CancellationTokenSource ended)
    {
        var next = answers.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                try
                {
                    return await next.WaitAsync(services.Limits.KeepAlive, services.Time);
                }
                catch (TimeoutException) when (!next.IsCompleted)
                {
                    await Write(http, s_comment);
                }
            }
        }
        catch
        {
            // The answers may only be let go when no read of them is under way.
            await ended.CancelAsync();
            await next;
            throw;
        }
    }

    private async Task Write(HttpContext http, params ReadOnlyMemory<byte>[] parts)
    {
        foreach (var part in parts)
        {
            http.Response.BodyWriter.Write(part.Span);
        }
        var flushed = http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        if (!flushed.IsCompletedSuccessfully)
        {
            await flushed.AsTask().WaitAsync(services.Limits.SendTimeout, services.Time);
        }
    }
}
