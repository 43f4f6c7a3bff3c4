using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>What is left of a delivery after its receiver is closed: nothing that comes back.</summary>
public sealed class ClosedReceiverTests : IAsyncLifetime
{
    private DeliveryStage _stage = null!;

    public async Task InitializeAsync() => _stage = await DeliveryStage.Open(postgres: null);

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task A_closed_receivers_reminder_goes_and_does_not_come_back()
    {
        await _stage.Restart(delivers: true, reminders: TimeSpan.FromMilliseconds(250));
        await _stage.Register("records", _stage.Receiver());
        Assert.Equal(1, await Reminders());
        await _stage.Send(GrainName.Receiver("records"), new CloseReceiver());
        await Patience.Until(async () => await Reminders() == 0);

        Assert.Empty(_stage.Platform.KnownGrains.OpenReceivers);
        await _stage.Restart(delivers: true, reminders: TimeSpan.FromMilliseconds(250));
        await _stage.Platform.WaitFor(await _stage.Happens());
        Assert.Equal(0, await Reminders());
        Assert.Equal(["records"], _stage.Platform.KnownGrains.Receivers);
    }

    private async Task<int> Reminders() => (await ((INotes)_stage.Platform.Store).ReadRows("reminder", "", 10)).Count;
}
