using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>A worker's caseload goes over, client by client, whatever comes between.</summary>
public sealed class HandOverTests : SiloPlace
{
    private const int Clients = 150;

    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly HandOverCaseload FromAino = new("h1", "aino", "eino");

    [Fact]
    public async Task Every_client_gets_the_new_worker_once_and_nobody_else_does()
    {
        await Prepare();
        await Send(Municipality, FromAino);
        await Ended();

        Assert.Equal(Clients, ClientsOf("eino").Count);
        Assert.Empty(ClientsOf("aino"));
        Assert.Equal(["liisas"], ClientsOf("liisa"));
        await AssertEachHandedOverOnce();
    }

    [Fact]
    public async Task A_hand_over_cut_off_in_the_middle_is_finished_by_the_next_start()
    {
        await Prepare();
        // The decision is durable and some clients are done: what kill -9 may leave behind.
        await Silo.DisposeAsync();
        await using (var store = (await Stores.OpenWithKey(Address, Time, alone: true)).Store)
        {
            var services = new GrainServices(store, MasterKey.Open(Address.MasterKeyPath, false), Time);
            var caller = new Caller(Role.Coordinator, "hand-over-h1", Reach.Of(Tampere), Purposes.ClientWork);
            Assert.Equal(ReplyKind.Accepted, (await GrainKinds.NewHost(Municipality, services, ReadSnapshot.None)
                .Execute(Ask(FromAino, In(Role.Coordinator, Tampere)))).Kind);
            for (var i = 0; i < Clients; i += 3)
            {
                await GrainKinds.NewHost(Client(i), services, ReadSnapshot.None).Execute(
                    new HandOverClient("h1", "aino", "eino"),
                    new Envelope(StableId.Guid($"hand-over/{Tampere}/h1/c{i}"), caller));
            }
        }
        await InitializeAsync();
        await Ended();

        Assert.Equal(Clients, ClientsOf("eino").Count);
        await AssertEachHandedOverOnce();
    }

    [Fact]
    public async Task An_identifier_that_the_municipality_has_forgotten_hands_over_anew()
    {
        await Prepare(clients: 2);
        await Send(Municipality, FromAino);
        await Ended();
        for (var number = 0; number < Limits.HandOversKept; number++)
        {
            await Send(Municipality, new HandOverCaseload($"other-{number}", "nobodys", "eino"));
            await Send(Municipality, new EndHandOver($"other-{number}"));
        }
        await Send(Client(0), new AssignWorker("aino", true));
        await Send(Municipality, FromAino, on: Silo.Services.Clock().Today);
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        while (Silo.Caseloads.MunicipalityOf(Tampere)!.HandOvers is not [.., { HandOverId: "h1", EndedOn: not null }])
        {
            await watch.Next(CancellationToken.None).AsTask().Patiently();
        }
        Assert.Empty(ClientsOf("aino"));
    }

    [Fact]
    public async Task The_limit_of_a_caseload_holds_for_who_takes_over_but_not_for_a_retry()
    {
        await Prepare(clients: 3);
        await Send(Municipality, new SetCaseloadLimit(2));
        var room = new CaseloadRoom(Silo.Services, Silo.Caseloads, Silo.Grains);
        var coordinator = In(Role.Coordinator, Tampere);

        var full = await Refusal(room, Municipality, Ask(FromAino, coordinator));
        Assert.Equal((RejectionCodes.CaseloadFull, "toWorkerId"), (full!.Code, full.Field));
        Assert.Null(await Refusal(room, Municipality, Ask(FromAino, In(Role.Researcher, Tampere))));

        var assign = Ask(new AssignWorker("eino", true), coordinator);
        Assert.Null(await Refusal(room, Client(0), assign));
        await Silo.WaitFor((await Silo.Grains.Execute(Client(0), assign)).Position);
        await Send(Client(1), new AssignWorker("eino", true));
        Assert.NotNull(await Refusal(room, Client(2), Ask(new AssignWorker("eino", true), coordinator)));
        Assert.Null(await Refusal(room, Client(0), Ask(new AssignWorker("eino", false), coordinator)));
        await Send(Client(0), new AssignWorker("aino", true));
        await Send(Client(2), new AssignWorker("eino", true));
        Assert.Null(await Refusal(room, Client(0), assign));
    }

    private static ValueTask<Rejection?> Refusal(CaseloadRoom room, GrainName grain, Asked asked) =>
        room.Refusal(grain, asked.Command, asked.Envelope);

    private static GrainName Client(int number) => GrainName.Client($"c{number}");

    private async Task Prepare(int clients = Clients)
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Send(Municipality, new AddSocialWorker("eino"));
        for (var i = 0; i < clients; i++)
        {
            await Send(Client(i), Register with { TemporaryIdentifier = new PersonalText($"T-{i}") });
            await Send(Client(i), new AssignWorker("aino", OwnWorker: i % 2 == 0));
        }
        await Send(GrainName.Client("liisas"), Register);
        await Send(GrainName.Client("liisas"), new AssignWorker("liisa", true));
    }

    private async Task Ended()
    {
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        while (Silo.Caseloads.MunicipalityOf(Tampere)!.HandOvers is not [{ EndedOn: not null }])
        {
            await watch.Next(Patience.Late);
        }
    }

    private IReadOnlyList<string> ClientsOf(string worker) =>
        Silo.Caseloads.Ask(Tampere, caseload => caseload.ClientsOf(worker, open: false))!;

    private async Task AssertEachHandedOverOnce()
    {
        var handed = new Dictionary<GrainName, int>();
        foreach (var stored in await Requests.Feed(Silo.Store))
        {
            if (EventCodec.DecodeCoded(stored) is ClientHandedOver happened)
            {
                handed[stored.Grain] = handed.GetValueOrDefault(stored.Grain) + 1;
                Assert.Equal("coordinator/hand-over-h1", stored.Actor);
                Assert.Equal(int.Parse(stored.Grain.Key[1..]) % 2 == 0, happened.OwnWorker);
            }
        }
        Assert.Equal(Clients, handed.Count);
        Assert.All(handed.Values, times => Assert.Equal(1, times));
    }
}
