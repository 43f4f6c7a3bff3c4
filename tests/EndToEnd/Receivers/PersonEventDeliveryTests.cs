using Microsoft.AspNetCore.Http;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>Events that tell of persons go to a real HTTP server only when a coordinator let them.</summary>
public abstract class PersonEventDeliveryTests(ReceiverLog log) : IAsyncLifetime
{
    private DeliveryStage _stage = null!;

    private ReceiverServer Server => _stage.Server;

    public async Task InitializeAsync() => _stage = await DeliveryStage.Open(await log.NewDatabase());

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    /// <summary>As operators registered it before such events had a rule of their own.</summary>
    [StoreFact]
    public async Task A_receiver_that_no_coordinator_let_have_them_is_passed_over_events_that_tell_of_persons()
    {
        await _stage.RegisteredOnce("records", new ReceiverRegistered(
            "Warehouse", "figures", "552/2019", "837", Server.Address, null, PersonalData: false));
        await _stage.Happens();
        var municipality = GrainName.Municipality("837");
        await _stage.Send(municipality, new RegisterMunicipality("Tampere"));
        await _stage.Send(municipality, new AddSocialWorker("w1"));
        var target = await _stage.Send(municipality, new SetReviewInterval(45));
        Assert.Equal("osst.municipality.registered", (await Server.Next()).Json.GetProperty("type").GetString());
        Assert.Equal(target, (await Server.Next()).Position);
        Assert.Empty(await _stage.Disclosed());
        Assert.Empty(await _stage.Places.DeadLetters("records", 0, 10));

        await _stage.Register("records", new RegisterReceiver(
            "Warehouse", "figures", "552/2019", "837", Server.Address));
        var allowed = await _stage.Happens();
        Assert.Equal(allowed, (await Server.Next()).Position);
        Assert.Single(await _stage.Disclosed());
    }

    [StoreFact]
    public async Task What_leaves_once_more_is_told_once_more()
    {
        await _stage.Register("records", new RegisterReceiver(
            "Warehouse", "figures", "552/2019", "837", Server.Address));
        var last = await _stage.Happens();
        await Leaves(last);
        Assert.Single(await _stage.Disclosed());
        await _stage.Places.AskReplay("records", last - 1);
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        await Leaves(last);
        Assert.Equal(2, (await _stage.Disclosed()).Count);

        Server.Answer = ReceiverServer.With(StatusCodes.Status400BadRequest);
        var dead = await _stage.Happens();
        for (var attempt = 1; attempt <= DeliveryStage.Patience.MostAttempts; attempt++)
        {
            Assert.Equal(dead, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Attempts == attempt || p.Position == dead);
            _stage.Time.Advance(TimeSpan.FromMinutes(11));
        }
        await _stage.PlaceWhen(p => p.Position == dead);
        Assert.Equal(3, (await _stage.Disclosed()).Count); // Attempts at one event are one disclosure.
        await _stage.Places.AskResend("records", [dead]);
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(dead, (await Server.Next()).Position);
        Assert.Equal(4, (await _stage.Disclosed()).Count);

        async Task Leaves(long position)
        {
            Assert.Equal(position, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Position == position);
        }
    }

    [StoreFact]
    public async Task A_delivery_waits_while_the_receivers_system_holds_no_right_that_its_register_grants()
    {
        var municipality = GrainName.Municipality("837");
        await _stage.Send(municipality, new RegisterMunicipality("Tampere"));
        await _stage.Platform.Grains.Execute(municipality, new GrantFirstRight("c-1"), new Envelope(
            Guid.NewGuid(), new Caller(Role.Operator, "os:ops", Reach.All)));
        await _stage.Register("records", new RegisterReceiver(
            "Records", "follow-up", "703/2023 58 §", "837", Server.Address, Subject: "kela"));
        var held = await _stage.Happens();
        _stage.Time.Advance(TimeSpan.FromHours(1));
        var granted = _stage.Time.GetUtcNow();
        await _stage.Send(municipality, new GrantRight("kela", RegisterRole.Integration, new DateOnly(2019, 5, 2)));
        await Silo.Tests.Patience.Until(
            () =>
            {
                _stage.Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Server.IsQuiet);
            },
            isQuiet => !isQuiet, "the delivery goes on");
        var arrival = await Server.Next();
        Assert.Equal(held, arrival.Position);
        Assert.True(DateTimeOffset.FromUnixTimeSeconds(long.Parse(arrival.Timestamp)) >= granted);
    }

    /// <summary>The delivery has read the receiver, and is sending a dead letter before it reads on.</summary>
    [StoreFact]
    public async Task An_event_after_the_permission_is_not_judged_by_the_registration_before_it()
    {
        Server.Answer = ReceiverServer.With(StatusCodes.Status400BadRequest);
        await _stage.RegisteredOnce("records", new ReceiverRegistered(
            "Warehouse", "figures", "552/2019", "837", Server.Address, null, PersonalData: false));
        var dead = await _stage.Send(GrainName.Municipality("837"), new RegisterMunicipality("Tampere"));
        for (var attempt = 1; attempt <= DeliveryStage.Patience.MostAttempts; attempt++)
        {
            Assert.Equal(dead, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Attempts == attempt || p.Position == dead);
            _stage.Time.Advance(TimeSpan.FromMinutes(11));
        }
        await _stage.PlaceWhen(p => p.Position == dead);
        var permitted = new TaskCompletionSource();
        Server.Answer = _ => permitted.Task;
        await _stage.Places.AskResend("records", [dead]);
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(dead, (await Server.Next()).Position);

        await _stage.Register("records", new RegisterReceiver(
            "Warehouse", "figures", "552/2019", "837", Server.Address));
        var allowed = await _stage.Happens();
        permitted.SetResult();
        Assert.Equal(allowed, (await Server.Next()).Position);
    }
}

public sealed class SqlitePersonEventDeliveryTests() : PersonEventDeliveryTests(ReceiverLog.Sqlite);

[Collection("deliveries on PostgreSQL"), NeedsPostgres]
public sealed class PostgresPersonEventDeliveryTests(PostgresFixture fixture)
    : PersonEventDeliveryTests(new ReceiverLog(fixture));
