using System.Diagnostics;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// Two silos and a gateway on one database, under traffic of all kinds. One of the three, by lot, is killed and comes
/// back on new ports while the traffic goes on; now and then all three. Then everything is held against what was
/// acknowledged.
/// </summary>
/// <param name="folder">Of the cluster's keys, and of a folder for each process.</param>
/// <param name="database">The options that name the database, in which municipality 320 is.</param>
/// <param name="seed">Of the moments, of the lots and of the traffic.</param>
internal sealed class ClusterKillRun(string folder, string[] database, int seed) : IDisposable
{
    private const int Gateway = 2;
    private const int LongestPauseMs = 1_500;

    /// <summary>A silo's peers need several seconds to see that it died: the next kill often comes before.</summary>
    private const int AllEvery = 8;

    private static readonly string[] s_kinds = ["silo", "silo", "gateway"];
    private static readonly string[] s_signs =
        [KilledProgram.SiloAnswers, KilledProgram.SiloAnswers, KilledProgram.Listens];

    private readonly Random _random = new(seed);
    private readonly KilledProgram?[] _programs = new KilledProgram?[3];
    private readonly SortedDictionary<string, int> _kills = new(StringComparer.Ordinal);
    private readonly List<double> _starts = [];
    private volatile KillClient? _client;

    private string Keys => Path.Combine(folder, "keys");

    /// <summary>Runs so many kills, or until told to stop, and judges.</summary>
    public async Task<KillReport> Run(int cycles, CancellationToken stop = default)
    {
        using var traffic = new KillTraffic(seed);
        await StartMissing();
        await traffic.RegisterReceiver(_client!);
        using var end = new CancellationTokenSource();
        var work = traffic.Callers.Select(caller => Task.Run(() => Work(caller, end.Token), CancellationToken.None))
            .ToArray();
        for (var done = 0; done < cycles && !stop.IsCancellationRequested; done++)
        {
            await Task.Delay(_random.Next(LongestPauseMs), CancellationToken.None);
            await KillSome(done);
            await StartMissing();
        }
        await end.CancelAsync();
        await Task.WhenAll(work);
        var wrong = new List<string>(await traffic.Judge(_client!));
        await Task.WhenAll(Enumerable.Range(0, _programs.Length).Select(Kill)); // The log is verified alone.
        wrong.AddRange(await KilledProgram.Complaints(["verify", "--data", Keys, "--store", "postgres", .. database]));
        return traffic.Report(_kills, _starts, wrong);
    }

    public void Dispose()
    {
        foreach (var program in _programs)
        {
            program?.Dispose();
        }
        _client?.Dispose();
    }

    private async Task Work(KillCaller caller, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await caller.WorkUntilCutOff(_client!, new TaskCompletionSource(), end);
            await Task.Delay(50, CancellationToken.None); // The gateway may be away for seconds.
        }
    }

    private async Task KillSome(int done)
    {
        if (done % AllEvery == AllEvery - 1)
        {
            await Task.WhenAll(Enumerable.Range(0, _programs.Length).Select(Kill));
            Count("whole cluster");
        }
        else
        {
            var lot = _random.Next(_programs.Length);
            await Kill(lot);
            Count(s_kinds[lot]);
        }
    }

    private async Task Kill(int number)
    {
        await _programs[number]!.Kill();
        _programs[number]!.Dispose();
        _programs[number] = null;
    }

    private async Task StartMissing()
    {
        int[] missing = [.. Enumerable.Range(0, _programs.Length).Where(number => _programs[number] is null)];
        var addresses = await Task.WhenAll(missing.Select(Start));
        if (Array.IndexOf(missing, Gateway) is var place and >= 0)
        {
            _client = KillClient.Of(addresses[place], Keys); // What is in flight at the old one ends as cut off.
        }
    }

    private async Task<string> Start(int number)
    {
        var began = Stopwatch.GetTimestamp();
        string[] verb = number == Gateway ? ["gateway", "--quiet"] : ["silo"];
        var program = _programs[number] = KilledProgram.Start(
            [.. verb, .. database, "--keys", Keys, "--data", Path.Combine(folder, $"process-{number}"), "--port", "0"]);
        var address = await program.LineOrEnd(s_signs[number])
            ?? throw new InvalidOperationException($"A {s_kinds[number]} ended by itself.");
        lock (_starts)
        {
            _starts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return address;
    }

    private void Count(string kind) => _kills[kind] = _kills.GetValueOrDefault(kind) + 1;
}
