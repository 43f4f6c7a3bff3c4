using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Gateway.Webhooks;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>Events that are sent to a real HTTP server; time passes when the test says so.</summary>
public abstract class WebhookTests(ReceiverLog log) : IAsyncLifetime
{
    private DeliveryStage _stage = null!;

    private ReceiverServer Server => _stage.Server;

    public async Task InitializeAsync() => _stage = await DeliveryStage.Open(await log.NewDatabase());

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [StoreFact]
    public async Task Events_after_the_registration_arrive_in_order_signed_and_coded()
    {
        await _stage.Register("records", _stage.Receiver());
        long[] places = [await _stage.Happens(), await _stage.Happens()];

        foreach (var place in places)
        {
            var arrival = await Server.Next();
            Assert.Equal(place, arrival.Position);
            Assert.StartsWith("application/cloudevents+json", arrival.ContentType);
            Assert.Equal("1.0", arrival.Json.GetProperty("specversion").GetString());
            Assert.Equal("osst.client.contact-attempted", arrival.Json.GetProperty("type").GetString());
            Assert.Equal("LETTER", arrival.Json.At("data", "channel").GetString());
            Assert.DoesNotContain("Salainenkatu", Encoding.UTF8.GetString(arrival.Body), StringComparison.Ordinal);
            Assert.Equal(Signature(arrival, "records", 1), arrival.Signature);
        }
        await _stage.PlaceWhen(place => place.Position == places[1]);
    }

    [StoreFact]
    public async Task After_a_change_both_secrets_sign()
    {
        await _stage.Register("records", _stage.Receiver());
        await _stage.Send(GrainName.Receiver("records"), new RotateReceiverSecret());
        await _stage.Happens();
        var arrival = await Server.Next();
        Assert.Equal($"{Signature(arrival, "records", 1)} {Signature(arrival, "records", 2)}", arrival.Signature);
    }

    [StoreFact]
    public async Task A_receiver_that_fails_is_tried_again_ever_later_and_nothing_overtakes()
    {
        Server.Answer = ReceiverServer.With(StatusCodes.Status503ServiceUnavailable);
        await _stage.Register("records", _stage.Receiver());
        var first = await _stage.Happens();
        var second = await _stage.Happens();
        Assert.Equal(first, (await Server.Next()).Position);
        var place = await _stage.PlaceWhen(p => p.Attempts == 1);
        Assert.Equal("HTTP_503", place.Problem);
        Assert.InRange(place.NextAttemptAt!.Value - _stage.Time.GetUtcNow(),
            TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        _stage.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(Server.IsQuiet);
        _stage.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(first, (await Server.Next()).Position);
        place = await _stage.PlaceWhen(p => p.Attempts == 2);
        Assert.InRange(place.NextAttemptAt!.Value - _stage.Time.GetUtcNow(),
            TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));

        Server.Answer = ReceiverServer.With(StatusCodes.Status200OK);
        _stage.Time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(first, (await Server.Next()).Position);
        Assert.Equal(second, (await Server.Next()).Position);
        Assert.Equal(0, (await _stage.PlaceWhen(p => p.Position == second)).Attempts);
    }

    [StoreTheory]
    [InlineData(429, "30", 30)]
    [InlineData(503, "Fri, 01 Jan 2100 00:00:00 GMT", 600)]
    [InlineData(503, "86400", 600)]
    [InlineData(429, "0", 5)]
    [InlineData(429, "soon", 5)]
    [Trait("case", "34")]
    public async Task A_receiver_is_not_asked_before_it_wants_to_be_nor_later_than_patience_lasts(
        int status, string retryAfter, int leastSeconds)
    {
        Server.Answer = http =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (status, retryAfter);
            return Task.CompletedTask;
        };
        await _stage.Register("records", _stage.Receiver());
        await _stage.Happens();
        await Server.Next();
        var place = await _stage.PlaceWhen(p => p.Attempts == 1);
        Assert.InRange(place.NextAttemptAt!.Value - _stage.Time.GetUtcNow(),
            TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(Math.Max(leastSeconds, 10)));
        if (leastSeconds > 10)
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(leastSeconds - 1));
            Assert.True(Server.IsQuiet);
        }
        Server.Answer = ReceiverServer.With(StatusCodes.Status204NoContent);
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        await Server.Next();
    }

    [StoreFact]
    public async Task A_receiver_that_hangs_is_left_and_tried_again()
    {
        var hanging = new TaskCompletionSource();
        Server.Answer = _ => hanging.Task;
        await _stage.Register("records", _stage.Receiver());
        var place = await _stage.Happens();
        await Server.Next();
        _stage.Time.Advance(DeliveryStage.AttemptTimeout);
        Assert.Equal("NO_ANSWER", (await _stage.PlaceWhen(p => p.Attempts == 1)).Problem);

        Server.Answer = ReceiverServer.With(StatusCodes.Status204NoContent);
        _stage.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(place, (await Server.Next()).Position);
        await _stage.PlaceWhen(p => p.Position == place);
        hanging.SetResult();
    }

    [StoreFact]
    public async Task What_is_never_taken_becomes_a_dead_letter_and_can_be_sent_again()
    {
        Server.Answer = ReceiverServer.With(StatusCodes.Status400BadRequest);
        await _stage.Register("records", _stage.Receiver());
        var dead = await _stage.Happens();
        for (var attempt = 1; attempt <= DeliveryStage.Patience.MostAttempts; attempt++)
        {
            Assert.Equal(dead, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Attempts == attempt || p.Position == dead);
            _stage.Time.Advance(TimeSpan.FromMinutes(11));
        }
        await _stage.PlaceWhen(p => p.Position == dead);
        var letter = Assert.Single(await _stage.Places.DeadLetters("records", 0, 10));
        Assert.Equal((dead, "HTTP_400", 4), (letter.Position, letter.Problem, letter.Attempts));

        Server.Answer = ReceiverServer.With(StatusCodes.Status200OK);
        var next = await _stage.Happens();
        Assert.Equal(next, (await Server.Next()).Position);
        Assert.Equal(1, await _stage.Places.AskResend("records", [dead, next]));
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(dead, (await Server.Next()).Position);
        await _stage.PlaceWhen(p => p.Position == next);
    }

    [StoreFact]
    public async Task A_replay_sends_everything_after_a_place_once_more()
    {
        await _stage.Register("records", _stage.Receiver());
        var first = await _stage.Happens();
        var second = await _stage.Happens();
        Assert.Equal([first, second], [(await Server.Next()).Position, (await Server.Next()).Position]);
        await _stage.PlaceWhen(p => p.Position == second);

        await _stage.Places.AskReplay("records", first);
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(second, (await Server.Next()).Position);
    }

    [StoreFact]
    public async Task A_restart_goes_on_where_it_was()
    {
        await _stage.Register("records", _stage.Receiver());
        var first = await _stage.Happens();
        Assert.Equal(first, (await Server.Next()).Position);
        await _stage.PlaceWhen(p => p.Position == first);
        await _stage.Restart(delivers: false);
        var second = await _stage.Happens();
        Assert.True(Server.IsQuiet);
        await _stage.Restart(delivers: true);
        Assert.Equal(second, (await Server.Next()).Position);
    }

    [StoreFact]
    public async Task Of_two_that_deliver_only_one_moves_the_place_and_the_other_goes_on_from_there()
    {
        var registered = await _stage.Register("records", _stage.Receiver());
        await _stage.PlaceWhen(p => p.Position >= registered); // Or both would note the first place of all.
        await using var other = _stage.AnotherDelivery("records");
        var (both, fails) = (new TaskCompletionSource(), new TaskCompletionSource());
        var calls = 0;
        Server.Answer = async http =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await both.Task;
                return;
            }
            both.SetResult();
            await fails.Task;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        };
        var first = await _stage.Happens();
        Assert.Equal([first, first], [(await Server.Next()).Position, (await Server.Next()).Position]);
        await _stage.PlaceWhen(p => p.Position == first);

        // The other one's attempt fails only now. It must not note that over the place, so it sends what comes next.
        var (third, sent) = (new TaskCompletionSource(), 0);
        Server.Answer = async http =>
        {
            if (Interlocked.Increment(ref sent) == 2)
            {
                third.SetResult();
            }
            await third.Task;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        fails.SetResult();
        var next = await _stage.Happens();
        Assert.Equal([next, next], [(await Server.Next()).Position, (await Server.Next()).Position]);
        Assert.Equal(0, (await _stage.PlaceWhen(p => p.Position == next)).Attempts);
    }

    [StoreFact]
    public async Task A_redirect_is_not_followed()
    {
        Server.Answer = http =>
        {
            http.Response.Redirect(Server.Address + "/elsewhere");
            return Task.CompletedTask;
        };
        await _stage.Register("records", _stage.Receiver());
        await _stage.Happens();
        await Server.Next();
        Assert.Equal("HTTP_302", (await _stage.PlaceWhen(p => p.Attempts == 1)).Problem);
        Assert.True(Server.IsQuiet);
    }

    [StoreFact]
    public async Task A_paused_receiver_misses_nothing()
    {
        await _stage.Register("records", _stage.Receiver());
        await _stage.Send(GrainName.Receiver("records"), new PauseReceiver());
        var place = await _stage.Happens();
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(Server.IsQuiet);
        await _stage.Send(GrainName.Receiver("records"), new ResumeReceiver());
        Assert.Equal(place, (await Server.Next()).Position);
    }

    [StoreFact]
    public async Task Words_leave_only_for_who_may_have_them_and_never_before_the_disclosure_log_has_its_line()
    {
        await _stage.Register("records", _stage.Receiver(personal: true));
        IReadOnlyList<Logged<DisclosureLine>> logged = [];
        Server.Answer = async http =>
        {
            logged = await _stage.Disclosed();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        var place = await _stage.Happens();
        var arrival = await Server.Next();
        Assert.Contains("Salainenkatu", arrival.Json.At("data", "note").GetString(), StringComparison.Ordinal);
        await _stage.PlaceWhen(p => p.Position == place);
        Assert.Equal(
            new DisclosureLine(
                DeliveryStage.Maija, "837", "client.contact-attempted, with personal text", "records",
                "Records of Tampere", "osst/deliveries", "follow-up", "703/2023 58 §", place,
                _stage.Time.GetUtcNow()),
            Assert.Single(logged).Line);
    }

    [StoreFact]
    public async Task In_production_the_machine_itself_is_no_receiver()
    {
        using var sender = new WebhookSender(
            new WebhookSecrets(_stage.Platform.Services.MasterKey), _stage.Time, TimeSpan.FromMinutes(1), true);
        var outgoing = new OsstOrleans.Silo.Deliveries.OutgoingEvent(
            "1-0", "client.registered", 1, default, "{}"u8.ToArray(), []);
        var receiver = new ReceiverState { Endpoint = Server.Address };
        string[] endpoints = [Server.Address, "https://169.254.169.254/latest", "https://[64:ff9b::7f00:1]/"];
        foreach (var endpoint in endpoints)
        {
            var refused = await sender.Send("records", receiver with { Endpoint = endpoint }, outgoing, default);
            Assert.Equal("ADDRESS_REFUSED", refused?.Problem);
        }
        Assert.True(Server.IsQuiet);
    }

    private string Signature(Arrival arrival, string receiver, int number)
    {
        var secret = new WebhookSecrets(_stage.Platform.Services.MasterKey).Shown(receiver, number)["whsec_".Length..];
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{arrival.Id}.{arrival.Timestamp}."), .. arrival.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), signed));
    }
}

public sealed class SqliteWebhookTests() : WebhookTests(ReceiverLog.Sqlite);

[Collection("deliveries on PostgreSQL"), NeedsPostgres]
public sealed class PostgresWebhookTests(PostgresFixture fixture) : WebhookTests(new ReceiverLog(fixture));
