using System.Net;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Calls from this process, a gateway, to grains in a silo that is a process of its own, on one PostgreSQL: by TLS, and
/// in clear, beside a bare Orleans grain with a payload of the same size behind TCP in clear. Gateway, silo and
/// database share the machine.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Port = 5210;
    private const int Callers = 64;
    private const string InClear = "in clear";
    private const string Bare = "bare Orleans grain, in clear";

    private static readonly Turns Turns = new(Rounds: 7, Seconds: 3, WarmUpSeconds: 6);

    public static async Task<FigureTable> Run()
    {
        if (PostgresCluster.Missing is { } missing)
        {
            throw new ToolMissing(missing);
        }
        await using var postgres = await PostgresCluster.Start();
        await using var closed = await House.Open(postgres, Port, isClear: false);
        await using var open = await House.Open(postgres, Port + 1, isClear: true);
        await using var bareSilo = Pinned.Server(
            Port + 2, "dotnet", Path.Combine(AppContext.BaseDirectory, "OsstOrleans.Benchmarks.dll"),
            "serve-bare-silo", $"{Port + 2}");
        await bareSilo.Listens();
        await using var bare = await BareSilo.Connect(Port + 2);
        var grain = bare.Find("837");
        var table = new FigureTable("cluster");
        await Turns.Measure(table, $"read of a grain in memory, {Callers} callers", "calls/s",
            new Contender("TLS", closed.Read), new Contender(InClear, open.Read),
            new Contender(Bare, seconds => AppendBenchmark.Concurrently(
                Callers, async _ => await BareSilo.Read(grain), seconds)));
        await Turns.Measure(table, $"durable command, {Callers} callers", "commands/s",
            new Contender("TLS", closed.Write), new Contender(InClear, open.Write));
        return table.WithRatios(Bare, InClear);
    }

    /// <summary>A silo and a gateway.</summary>
    private sealed class House(PinnedServer silo, Workplace gateway, GrainName[] clients) : IAsyncDisposable
    {
        private static readonly GrainName Municipality = GrainName.Municipality("837");

        public static async Task<House> Open(PostgresCluster postgres, int port, bool isClear)
        {
            var address = Workplace.NewAddress(postgres.To(await postgres.NewDatabase()));
            var program = Path.Combine(AppContext.BaseDirectory, "osst.dll");
            await Pinned.RunToEnd("dotnet", program, "keys", "--data", address.Folder);
            if (isClear)
            {
                File.Delete(Path.Combine(address.Folder, ClusterCertificate.FileName));
            }
            var silo = Pinned.Server(
                port, "dotnet", program, "silo", "--port", $"{port}", "--postgres", address.Postgres!,
                "--keys", address.Folder, "--data", Path.Combine(address.Folder, "silo"));
            await silo.Listens();
            var place = new ClusterPlace(HostsGrains: false, IPAddress.Loopback);
            var gateway = await Workplace.Open(address, place);
            var caller = new Caller(Role.Operator, "bench", Reach.All);
            await gateway.Silo.Grains.Execute(
                Municipality, new RegisterMunicipality("Tampere"), new Envelope(Guid.NewGuid(), caller));
            return new House(silo, gateway, await gateway.RegisterClients(Callers));
        }

        public Task<double> Read(int seconds) => AppendBenchmark.Concurrently(
            Callers, _ => gateway.Silo.Grains.Read<MunicipalityState>(
                Municipality, new ReadRequest(Workplace.Worker)).AsTask(), seconds);

        public Task<double> Write(int seconds) => AppendBenchmark.Concurrently(
            Callers, i => gateway.Send(clients[i], new RecordContactAttempt(ContactChannel.Phone, Reached: true)),
            seconds);

        public async ValueTask DisposeAsync()
        {
            await silo.DisposeAsync();
            await gateway.DisposeAsync();
        }
    }
}
