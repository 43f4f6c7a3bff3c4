using System.Diagnostics;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Endings;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// The real program under traffic of all kinds, killed at random moments and started again, on a data folder that
/// has municipality 320; then everything is held against what was acknowledged.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="store">The options that name another store than the folder's own.</param>
/// <param name="seed">Of the moments and of the traffic.</param>
internal sealed class KillRun(string data, string[] store, int seed)
{
    private const int LongestLifeMs = 400;
    private const int LongestStartMs = 1_200;

    private readonly Random _random = new(seed);
    private readonly List<double> _starts = [];

    /// <summary>Runs so many cycles, or until told to stop, and judges.</summary>
    public async Task<KillReport> Run(int cycles, CancellationToken stop = default)
    {
        using var traffic = new KillTraffic(seed);
        await Live(async (client, server) =>
        {
            await traffic.RegisterReceiver(client);
            await server.Kill();
        });
        var (serving, starting) = (0, 0);
        while (serving + starting < cycles && !stop.IsCancellationRequested)
        {
            if ((serving + starting) % 6 == 5)
            {
                await KillWhileStarting();
                starting++;
            }
            else
            {
                await KillUnderTraffic(traffic.Callers);
                serving++;
            }
        }
        var wrong = new List<string>();
        await Live(async (client, server) =>
        {
            wrong.AddRange(await traffic.Judge(client));
            await server.Kill();
            wrong.AddRange(Unlisted(traffic.Callers));
        });
        wrong.AddRange(await KilledProgram.Complaints(["verify", "--data", data, .. store]));
        return traffic.Report(
            new Dictionary<string, int> { ["serving"] = serving, ["starting"] = starting }, _starts, wrong);
    }

    /// <summary>Erased people who are not on the list outside the database: an earlier one would bring them back.
    /// </summary>
    private IEnumerable<string> Unlisted(KillCaller[] callers)
    {
        var path = Path.Combine(data, EndingsList.FileName);
        var listed = File.Exists(path) ? File.ReadAllText(path) : "";
        return callers.SelectMany(caller => caller.People)
            .Where(person => person.IsErased && !listed.Contains($"{person.Id} ", StringComparison.Ordinal))
            .Select(person => $"{person.Id} was erased, and is not listed");
    }

    private async Task KillUnderTraffic(KillCaller[] callers)
    {
        var lifeMs = _random.Next(LongestLifeMs);
        await Live(async (client, server) =>
        {
            var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
            await Task.WhenAny(answering.Task, Task.WhenAll(work));
            await Task.Delay(lifeMs);
            await server.Kill();
            await Task.WhenAll(work);
        });
    }

    private async Task KillWhileStarting()
    {
        using var server = KilledProgram.Start(Verb);
        await Task.Delay(_random.Next(LongestStartMs));
        await server.Kill();
    }

    private string[] Verb => ["run", "--port", "0", "--data", data, "--quiet", .. store];

    private async Task Live(Func<KillClient, KilledProgram, Task> life)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = KilledProgram.Start(Verb);
        var address = await server.LineOrEnd(KilledProgram.Listens)
            ?? throw new InvalidOperationException("The server ended by itself.");
        _starts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        using var client = KillClient.Of(address, data);
        await life(client, server);
    }
}
