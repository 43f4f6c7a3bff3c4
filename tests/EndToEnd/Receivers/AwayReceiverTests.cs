using Microsoft.AspNetCore.Http;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>A receiver that is not there for a while.</summary>
public sealed class AwayReceiverTests : IAsyncLifetime
{
    private DeliveryStage _stage = null!;

    private ReceiverServer Server => _stage.Server;

    public async Task InitializeAsync() => _stage = await DeliveryStage.Open(postgres: null);

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task A_receiver_that_is_away_keeps_its_place_until_its_time_is_over_and_a_figure_shows_it()
    {
        var waiting = _stage.Platform.Services.Figures.Deliveries;
        Server.Answer = ReceiverServer.With(StatusCodes.Status503ServiceUnavailable);
        await _stage.Register("records", _stage.Receiver());
        var first = await _stage.Happens();
        for (var attempt = 1; attempt <= DeliveryStage.Patience.MostAttempts + 2; attempt++)
        {
            Assert.Equal(first, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Attempts == attempt);
            _stage.Time.Advance(TimeSpan.FromMinutes(11));
        }
        Assert.Equal(first, (await Server.Next()).Position);
        await _stage.PlaceWhen(p => p.Attempts == DeliveryStage.Patience.MostAttempts + 3);
        Assert.Empty(await _stage.Places.DeadLetters("records", 0, 10));
        Assert.Equal(TimeSpan.FromMinutes(66), waiting.LongestAt(_stage.Time.GetUtcNow()));

        _stage.Time.Advance(DeliveryStage.Patience.LongestWait);
        Assert.Equal(first, (await Server.Next()).Position);
        await _stage.PlaceWhen(p => p.Position == first);
        Assert.Equal("HTTP_503", Assert.Single(await _stage.Places.DeadLetters("records", 0, 10)).Problem);
        await Patience.Until(() => waiting.LongestAt(_stage.Time.GetUtcNow()) == TimeSpan.Zero); // After the place.
    }

    [Fact]
    public async Task A_receiver_that_comes_back_and_refuses_once_loses_no_event()
    {
        Server.Answer = ReceiverServer.With(StatusCodes.Status503ServiceUnavailable);
        await _stage.Register("records", _stage.Receiver());
        var first = await _stage.Happens();
        for (var attempt = 1; attempt <= DeliveryStage.Patience.MostAttempts + 1; attempt++)
        {
            Assert.Equal(first, (await Server.Next()).Position);
            await _stage.PlaceWhen(p => p.Attempts == attempt);
            Server.Answer = ReceiverServer.With(attempt < DeliveryStage.Patience.MostAttempts
                ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity);
            _stage.Time.Advance(TimeSpan.FromMinutes(11));
        }
        Assert.Empty(await _stage.Places.DeadLetters("records", 0, 10));
    }
}
