using System.Globalization;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>Callers of all kinds and a receiver, who outlive every server; and what they hold against it in the end.
/// </summary>
internal sealed class KillTraffic(int seed) : IDisposable
{
    private const int CallerCount = 8;
    private const string Contact = "client.contact-attempted";

    private readonly KillReceiver _receiver = new();

    public KillCaller[] Callers { get; } =
        [.. Enumerable.Range(0, CallerCount).Select(number => new KillCaller(number, seed))];

    /// <summary>The receiver gets each contact attempt in the register from now on.</summary>
    public Task RegisterReceiver(KillClient client) => client.Mutate("registerReceiver", new
    {
        receiverId = $"kills-{seed}",
        name = "Kills",
        purpose = "test",
        legalBasis = "test",
        municipality = "320",
        endpoint = _receiver.Address,
        eventTypes = new[] { Contact },
    });

    /// <summary>What is wrong once all is acknowledged, carried out and delivered; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> Judge(KillClient client)
    {
        var wrong = new List<string>();
        var judge = new KillJudge(client);
        foreach (var caller in Callers)
        {
            await caller.Settle(client);
            wrong.AddRange(await judge.Judge(caller));
        }
        wrong.AddRange(await judge.LeftOpen());
        // What happened to a person who was erased since may have left before, and leaves no more.
        var (told, may) = (ContactsOf(IsKept), ContactsOf(person => !IsKept(person)));
        for (var waits = 0; waits < 120 && !told.IsSubsetOf(_receiver.Arrived); waits++)
        {
            await Task.Delay(500);
        }
        if (!_receiver.Arrived.Where(position => !may.Contains(position)).Order().SequenceEqual(told.Order())
            || _receiver.Arrived.Distinct().Count() != _receiver.Arrived.Count)
        {
            wrong.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the receiver got {_receiver.Arrived.Count} events, {told.Count} for certain"));
        }
        return wrong;

        HashSet<long> ContactsOf(Func<KillPerson, bool> whose) =>
        [
            .. Callers.SelectMany(caller => caller.People).Where(whose).SelectMany(person => person.Events)
                .Where(left => left.Type == Contact).Select(left => left.Position),
        ];

        static bool IsKept(KillPerson person) => !person.IsErased && person.Survivor?.IsErased is not true;
    }

    /// <summary>What came of it all.</summary>
    public KillReport Report(
        IReadOnlyDictionary<string, int> kills, IReadOnlyList<double> startsMs, IReadOnlyList<string> wrong)
    {
        var acknowledged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (kind, count) in Callers.SelectMany(caller => caller.Acknowledged))
        {
            acknowledged[kind] = acknowledged.GetValueOrDefault(kind) + count;
        }
        return new KillReport(
            kills, acknowledged, Callers.Sum(caller => caller.Retried), _receiver.Arrived.Count, startsMs, wrong);
    }

    public void Dispose() => _receiver.Dispose();
}
