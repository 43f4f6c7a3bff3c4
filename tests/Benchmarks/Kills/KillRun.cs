using System.Diagnostics;
using System.Globalization;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>What came of a run of kills.</summary>
/// <param name="Cycles">Lives of the server that ended by <c>kill -9</c>.</param>
/// <param name="WhileStarting">How many of them before it answered.</param>
/// <param name="Acknowledged">What was acknowledged, by its kind.</param>
/// <param name="Retried">Things whose first answer never came.</param>
/// <param name="Delivered">Events that the receiver got.</param>
/// <param name="StartsMs">From the start of a process to its first answer, ms.</param>
/// <param name="Wrong">Empty when all is well.</param>
internal sealed record KillReport(
    int Cycles, int WhileStarting, IReadOnlyDictionary<string, int> Acknowledged, int Retried, int Delivered,
    IReadOnlyList<double> StartsMs, IReadOnlyList<string> Wrong);

/// <summary>
/// The real program under traffic of all kinds, killed at random moments and started again, on a data folder that
/// has municipality 320; then everything is held against what was acknowledged.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="store">The options that name another store than the folder's own.</param>
/// <param name="seed">Of the moments and of the traffic.</param>
internal sealed class KillRun(string data, string[] store, int seed)
{
    private const int Callers = 8;
    private const int LongestLifeMs = 400;
    private const int LongestStartMs = 1_200;
    private const string Contact = "client.contact-attempted";

    private readonly Random _random = new(seed);
    private readonly KillCaller[] _callers =
        [.. Enumerable.Range(0, Callers).Select(number => new KillCaller(number, seed))];

    private readonly List<double> _starts = [];

    /// <summary>Runs so many cycles, or until told to stop, and judges.</summary>
    public async Task<KillReport> Run(int cycles, CancellationToken stop = default)
    {
        using var receiver = new KillReceiver();
        await Live(async (client, server) =>
        {
            await client.Mutate("registerReceiver", new
            {
                receiverId = $"kills-{seed}",
                name = "Kills",
                purpose = "test",
                legalBasis = "test",
                municipality = "320",
                endpoint = receiver.Address,
                eventTypes = new[] { Contact },
            });
            await server.Kill();
        });
        var (done, starting) = (0, 0);
        for (; done < cycles && !stop.IsCancellationRequested; done++)
        {
            if (done % 6 == 5)
            {
                await KillWhileStarting();
                starting++;
            }
            else
            {
                await KillUnderTraffic();
            }
        }
        var wrong = new List<string>();
        await Live(async (client, server) =>
        {
            wrong.AddRange(await Judge(client, receiver));
            await server.Kill();
        });
        var (exit, verified) = await KilledProgram.Run(["verify", "--data", data, .. store]);
        if (exit != 0)
        {
            wrong.Add(verified);
        }
        return new KillReport(
            done, starting, Acknowledged(), _callers.Sum(caller => caller.Retried), receiver.Arrived.Count, _starts,
            wrong);
    }

    private async Task KillUnderTraffic()
    {
        var lifeMs = _random.Next(LongestLifeMs);
        await Live(async (client, server) =>
        {
            var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = _callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
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
        var address = await server.LineOrEnd("OsstOrleans listens on ")
            ?? throw new InvalidOperationException("The server ended by itself.");
        _starts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        var token = new DevelopmentIssuer(TokenKey.Open(data), TimeProvider.System).Mint(
            Role.Coordinator, "kills", Reach.Of("320"), TimeSpan.FromHours(8), ["kela"]);
        await life(new KillClient(http, token), server);
    }

    private async Task<IReadOnlyList<string>> Judge(KillClient client, KillReceiver receiver)
    {
        var wrong = new List<string>();
        var judge = new KillJudge(client);
        foreach (var caller in _callers)
        {
            await caller.Settle(client);
            wrong.AddRange(await judge.Judge(caller));
        }
        long[] told = [.. _callers.SelectMany(caller => caller.People).SelectMany(person => person.Events)
            .Where(left => left.Type == Contact).Select(left => left.Position).Order()];
        for (var waits = 0; waits < 120 && receiver.Arrived.Count < told.Length; waits++)
        {
            await Task.Delay(500);
        }
        if (!receiver.Arrived.Order().SequenceEqual(told))
        {
            wrong.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the receiver got {receiver.Arrived.Count} events of {told.Length}"));
        }
        return wrong;
    }

    private SortedDictionary<string, int> Acknowledged()
    {
        var all = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (kind, count) in _callers.SelectMany(caller => caller.Acknowledged))
        {
            all[kind] = all.GetValueOrDefault(kind) + count;
        }
        return all;
    }
}
