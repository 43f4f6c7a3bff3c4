using System.Diagnostics;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Benchmarks;

/// <summary>Calls to a grain that is in memory: no disk, so this is the engine's own cost.</summary>
internal static class CallBenchmark
{
    private const int Calls = 2_000_000;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("call");
        await using var place = await Workplace.Open();
        var caller = new Caller(Role.Operator, "bench", Reach.All);
        var grains = Workplace.Municipalities(256).Select(GrainName.Municipality).ToArray();
        foreach (var grain in grains)
        {
            await place.Silo.Grains.Execute(
                grain, new RegisterMunicipality($"Kunta {grain.Key}"), new Envelope(Guid.NewGuid(), caller));
        }
        var read = new ReadRequest(caller);
        foreach (var callers in new[] { 1, 2 })
        {
            await table.Measure(
                $"warm grain call, {callers} caller{(callers == 1 ? "" : "s")}", "calls/s",
                () => Measure(place, grains, read, callers));
        }
        return table;
    }

    private static async Task<double> Measure(Workplace place, GrainName[] grains, ReadRequest read, int callers)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                await place.Silo.Grains.Read<MunicipalityState>(grains[(i + (c * 128)) & 0xff], read);
            }
        })));
        return callers * Calls / watch.Elapsed.TotalSeconds;
    }
}
