using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using OsstOrleans.Gateway.Webhooks;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>A platform with a client, a receiver's server, and deliveries that wait by the test's clock.</summary>
internal sealed class DeliveryStage : IAsyncDisposable
{
    public static readonly DeliveryPatience Patience =
        new(4, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(2));

    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    public static readonly GrainName Maija = GrainName.Client("maija");

    private static readonly Caller Coordinator = new(Role.Coordinator, "c-1", Reach.All, Purposes.ClientWork);

    private readonly TestFolder _folder = new();
    private readonly string? _postgres;
    private readonly List<WebhookSender> _senders = [];

    private DeliveryStage(string? postgres) => _postgres = postgres;

    public FakeTime Time { get; } = new();

    public Platform Platform { get; private set; } = null!;

    public required ReceiverServer Server { get; init; }

    public DeliveryPlaces Places => new((IDeliveryStore)Platform.Store);

    /// <param name="postgres">How to reach an empty database for the log; null for the folder's own file.</param>
    public static async Task<DeliveryStage> Open(string? postgres)
    {
        var stage = new DeliveryStage(postgres) { Server = await ReceiverServer.Start() };
        stage.Platform = await stage.Start(delivers: true);
        await stage.Send(Maija, new RegisterClient(
            "837", new PersonalText("Synteettinen"), new PersonalText("Esimerkki"), 1980,
            TemporaryIdentifier: new PersonalText("T-1"), Synthetic: true));
        return stage;
    }

    public RegisterReceiver Receiver(bool personal = false) => new(
        "Records of Tampere", "follow-up", "703/2023 58 §", "837", Server.Address, PersonalData: personal);

    /// <summary>Another process in the place of the one before.</summary>
    public async Task Restart(bool delivers, TimeSpan? reminders = null)
    {
        await Platform.DisposeAsync();
        Platform = await Start(delivers, reminders);
    }

    /// <summary>Delivers beside the grain: what a second activation of it would do.</summary>
    public ReceiverDelivery AnotherDelivery(string receiver)
    {
        var sender = new WebhookSender(
            new WebhookSecrets(Platform.Services.MasterKey), Time, AttemptTimeout, isProduction: false);
        _senders.Add(sender);
        var desk = new DeliveryDesk(
            Platform.Services, Platform.Grains, new Deliverer(sender.Send, Patience, new Random(2)),
            NullLogger<DeliveryDesk>.Instance);
        var delivery = new ReceiverDelivery(receiver, desk);
        delivery.Start();
        return delivery;
    }

    /// <summary>A process of its own; on PostgreSQL there can be several.</summary>
    public async Task<Platform> Start(bool delivers, TimeSpan? reminders = null)
    {
        var platform = await Platform.Prepare(new StoreAddress(_folder.Data, _postgres), Time);
        return await Platform.Open(platform, services =>
        {
            if (reminders is { } period)
            {
                services.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = period);
            }
            if (delivers)
            {
                services.AddSingleton(_ => new WebhookSender(
                    new WebhookSecrets(platform.Services.MasterKey), Time, AttemptTimeout, isProduction: false));
                services.AddSingleton(provider => new Deliverer(
                    provider.GetRequiredService<WebhookSender>().Send, Patience, new Random(1)));
            }
        });
    }

    /// <summary>Sends a command that must be accepted; the place of its last event.</summary>
    public async Task<long> Send(GrainName grain, ICommand command)
    {
        var reply = await Platform.Grains.Execute(
            grain, command, new Envelope(Guid.NewGuid(), Coordinator, new DateOnly(2019, 5, 2)));
        Assert.True(reply.Kind == ReplyKind.Accepted, $"{reply.Kind} {reply.Rejection}");
        return reply.Position;
    }

    public Task<long> Register(string key, RegisterReceiver receiver) => Send(GrainName.Receiver(key), receiver);

    /// <summary>A registration that is in the log already, as an older version wrote it.</summary>
    public async Task RegisteredOnce(string key, ReceiverRegistered registered)
    {
        var grain = GrainName.Receiver(key);
        var appended = await Platform.Store.Append(new AppendRequest
        {
            Grain = grain,
            ExpectedVersion = 0,
            CommandId = Guid.NewGuid(),
            Municipality = registered.Municipality ?? "",
            Actor = "operator/o-1",
            OccurredOn = new DateOnly(2019, 5, 2),
            RecordedAt = Time.GetUtcNow(),
            Events = [new EventCodec(grain).Encode(registered, 1)],
        });
        await Platform.WaitFor(appended.Position);
    }

    /// <summary>Something that happens to the client, with words of the worker's own.</summary>
    public Task<long> Happens() => Send(Maija, new RecordContactAttempt(
        ContactChannel.Letter, Reached: false, Note: new PersonalText("Kirje palautui osoitteesta Salainenkatu 1")));

    /// <summary>The lines of the disclosure log about the client.</summary>
    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> Disclosed() => ((IClientLogs)Platform.Store).Disclosures(
        new ClientLogSlice(Maija, Reach.All, DateTimeOffset.UnixEpoch, null, 10));

    /// <summary>Waits until the receiver's place is as it should be, moving the clock only when told.</summary>
    public async Task<DeliveryPlace> PlaceWhen(
        Func<DeliveryPlace, bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        (await Silo.Tests.Patience.Until(
            () => Places.Find("records").AsTask(), place => place is { } known && isSo(known), what))!;

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        _senders.ForEach(sender => sender.Dispose());
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
