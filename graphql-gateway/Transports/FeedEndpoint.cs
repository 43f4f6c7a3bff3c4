using System.Globalization;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>GET /feed?receiver=KEY&amp;after=CURSOR&amp;limit=N</c>: events that a receiver may have, in commit order, for
/// systems that ask instead of being called. A caller that goes on with the answer's cursor skips nothing and gets
/// nothing twice. What the answer says of clients is in the disclosure log before it leaves.
/// </summary>
internal sealed class FeedEndpoint(Platform platform, Tokens tokens, int mostOperations)
{
    public const string Path = "/feed";

    private const string List = "feed";
    private const int MostEvents = 500;
    private const int UsualEvents = 100;

    /// <summary>Events looked through for one answer, whether or not they are meant for the receiver.</summary>
    private const int MostLookedAt = 20_000;

    private const int PageOfLog = 1_000;

    private static readonly Caller Self = new(Role.Operator, "feed", Reach.All);

    private readonly OutgoingEvents _events = new(platform.Services, "osst/feed");

    public async Task Handle(HttpContext http)
    {
        if (await http.Identify(tokens) is not { } verified)
        {
            http.AskForToken();
            await Refuse(http, StatusCodes.Status401Unauthorized, Refusal.Unauthenticated);
            return;
        }
        if (!verified.Use.TryBegin(mostOperations))
        {
            await Refuse(http, StatusCodes.Status429TooManyRequests, Refusal.TooManyOperations);
            return;
        }
        try
        {
            await Answer(http, verified.Caller);
        }
        catch (Exception fault) when (Faults.Told(fault) is { } told)
        {
            await Refuse(http, StatusCodes.Status503ServiceUnavailable, (told.Code, told.Message));
        }
        finally
        {
            verified.Use.End();
        }
    }

    private async Task Answer(HttpContext http, Caller caller)
    {
        var (key, query) = (http.Request.Query["receiver"].ToString(), http.Request.Query);
        var cursor = query["after"].ToString();
        // Cursors of versions before this one have no tag.
        var place = cursor.Length == 0 ? [0L] : Cursors.Read(List, cursor, 2) ?? Cursors.Read(List, cursor, 1);
        var limit = query["limit"].ToString() is { Length: > 0 } given
            ? int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0
            : UsualEvents;
        if (place is not [var after, ..] || limit is < 1 or > MostEvents)
        {
            await Refuse(http, StatusCodes.Status400BadRequest, (ErrorCodes.BadInput,
                $"after is a cursor of an earlier answer, limit a number from 1 to {MostEvents}."));
            return;
        }
        if (await Receiver(key, caller, http.RequestAborted) is null)
        {
            await Refuse(http, StatusCodes.Status403Forbidden, (ErrorCodes.Forbidden,
                "The token's subject does not ask for events as this receiver."));
            return;
        }
        if (place is [_, var tag] && await TagAt(after) != tag)
        {
            await Refuse(http, StatusCodes.Status410Gone, (ErrorCodes.BadInput,
                "The log was restored to a day before this cursor: begin without one, and drop the ids you have had."));
            return;
        }
        var (events, last, hasMore) = await Gather(key, caller, after, limit, http.RequestAborted);
        DisclosureLine[] lines = [.. events.SelectMany(told => told.Disclosures)];
        if (lines.Length > 0)
        {
            await ((IDeliveryStore)platform.Store).LogDisclosures(lines);
            events = await StillTold(events);
        }
        await Write(
            http, events, last is { } end ? Cursors.Write(List, end.Position, OutgoingEvents.TagOf(end)) : cursor,
            hasMore);
    }

    /// <summary>Null where the log has no such place (any more).</summary>
    private async ValueTask<long?> TagAt(long position) =>
        await platform.Store.ReadFeed(position - 1, 1) is [var stored] && stored.Position == position
            ? OutgoingEvents.TagOf(stored)
            : null;

    /// <summary>Lines take their time: a ban that was acknowledged meanwhile counts, though a line says more than left.
    /// </summary>
    private async ValueTask<List<OutgoingEvent>> StillTold(List<OutgoingEvent> events)
    {
        var told = new List<OutgoingEvent>(events.Count);
        foreach (var outgoing in events)
        {
            if (!await _events.IsHeldBack(outgoing))
            {
                told.Add(outgoing);
            }
        }
        return told;
    }

    /// <summary>The registration, when this caller asks for events by it.</summary>
    private async ValueTask<ReceiverRegistered?> Receiver(string key, Caller caller, CancellationToken over)
    {
        if (caller.Role is not Role.Integration || !GrainName.IsValidKey(key))
        {
            return null;
        }
        var reply = await platform.Grains.Until(over).Read<ReceiverState>(
            GrainName.Receiver(key), new ReadRequest(Self));
        return reply.State is ReceiverState { Closed: false, Paused: false, Registered: { } registered }
            && registered.Subject == caller.Subject
            && caller.Reach.Holds(registered.Municipality ?? "")
            ? registered
            : null;
    }

    /// <returns>Last is what was looked at last; null when nothing came after.</returns>
    private async ValueTask<(List<OutgoingEvent> Events, StoredEvent? Last, bool HasMore)> Gather(
        string key, Caller caller, long after, int limit, CancellationToken over)
    {
        var (events, lookedAt) = (new List<OutgoingEvent>(), 0);
        StoredEvent? last = null;
        while (lookedAt < MostLookedAt)
        {
            var page = await platform.Store.ReadFeed(last?.Position ?? after, PageOfLog);
            // Read behind the page: an event after a permission is not judged by the registration before it.
            if (await Receiver(key, caller, over) is not { } receiver)
            {
                return (events, last, true);
            }
            foreach (var stored in page)
            {
                last = stored;
                if (await _events.For(key, receiver, stored) is not { } outgoing)
                {
                    continue;
                }
                events.Add(outgoing);
                if (events.Count == limit)
                {
                    return (events, last, true);
                }
            }
            if (page.Count < PageOfLog)
            {
                return (events, last, false);
            }
            lookedAt += page.Count;
        }
        return (events, last, true);
    }

    private static async Task Write(HttpContext http, List<OutgoingEvent> events, string cursor, bool hasMore)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var outgoing in events)
            {
                json.WriteRawValue(outgoing.Body.Span, skipInputValidation: true);
            }
            json.WriteEndArray();
            json.WriteString("cursor", cursor);
            json.WriteBoolean("hasMore", hasMore);
            json.WriteEndObject();
        }
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static Task Refuse(HttpContext http, int status, (string Code, string Message) error) =>
        Refusal.Write(http, status, Negotiation.Json, error);
}
