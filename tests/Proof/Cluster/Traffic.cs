using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>
/// Callers of a schedule: each sends one thing after the other, and the same again until it is answered. They meet at
/// a few people of two municipalities, so that they are in each other's way.
/// </summary>
internal sealed class Traffic
{
    public const string Tampere = "837";
    public const string Raisio = "680";

    private const int Callers = 3;
    private const int ThingsOfEach = 9;

    private readonly World _world;
    private readonly Lane _lane;
    private readonly SkewedTime _time;
    private readonly bool _tells;

    public Traffic(World world)
    {
        _world = world;
        _lane = new Lane(world.Schedule, "the callers");
        _time = new SkewedTime(world.Schedule.Clock, default);
        _tells = world.Schedule.OneIn(4);
    }

    /// <summary>The key of the receiver of events; null in a schedule without one.</summary>
    public string? Receiver => _tells ? "records" : null;

    /// <summary>The code of a municipality that has not carried out all that it decided; null when all have.</summary>
    public static string? OpenIn(Caseloads caseloads) =>
        caseloads.Codes.FirstOrDefault(code => caseloads.MunicipalityOf(code)!.HasOpenWork());

    /// <summary>Makes ready what callers need.</summary>
    public Task Prepare() => _lane.Start(async () =>
    {
        var caller = NewCaller();
        foreach (var code in (string[])[Tampere, Raisio])
        {
            await caller.Send(GrainName.Municipality(code), new RegisterMunicipality("Esimerkki"));
        }
        await caller.Send(GrainName.Municipality(Tampere), new AddSocialWorker("w1"));
        await caller.Send(GrainName.Municipality(Tampere), new AddSocialWorker("w2"));
        foreach (var client in (string[])["a", "b", "c"])
        {
            await caller.Send(GrainName.Client(client), TrafficCaller.Person(Tampere, client));
        }
        if (Receiver is { } receiver)
        {
            await caller.Send(GrainName.Receiver(receiver), new RegisterReceiver(
                "Records", "care", "703/2023 58 §", Tampere, "https://receiver.example/"));
        }
    });

    /// <summary>Begins all callers; completes when each has its last answer.</summary>
    public Task Begin() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => _lane.Start(async () =>
    {
        var caller = NewCaller();
        for (var i = 0; i < ThingsOfEach; i++)
        {
            await caller.DoSomething();
        }
    })).ToArray());

    private TrafficCaller NewCaller() => new(_world, _time);
}
