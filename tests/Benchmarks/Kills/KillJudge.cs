using System.Text.Json;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// Holds what is found in the end against what was acknowledged: nothing lost, nothing doubled, nothing half done, and
/// nothing of the erased or the withdrawn come back.
/// </summary>
internal sealed class KillJudge(KillClient client)
{
    private const string Person = """
        query($id: ID!) { client(id: $id) { lastName erasedOn mergedInto { survivorId } worker { workerId }
          absorbed { duplicateId } dropInAttendances { dropInCentreId } history { version position type actor }
          accessLog(first: 200) { nodes { actor } } } }
        """;

    private const string Erased = "client.erased";
    private const string Decided = "client.erasure-decided";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>What is wrong with a caller's people; empty when nothing is.</summary>
    public Task<IReadOnlyList<string>> Judge(KillCaller caller) => InTheEnd(async () =>
    {
        var all = new Dictionary<string, JsonElement>();
        foreach (var person in caller.People)
        {
            all[person.Id] = (await client.Ask(Person, new { id = person.Id })).GetProperty("client");
        }
        return [.. caller.People.SelectMany(person =>
            Wrong(caller, person, all).Select(what => $"{person.Id}: {what}"))];
    });

    /// <summary>Hand-overs and merges that were decided, and not carried out after a while.</summary>
    public Task<IReadOnlyList<string>> LeftOpen() => InTheEnd(async () =>
    {
        var decided = await client.Ask("""
            { duplicateMerges(municipality: "320") { mergeId outcome }
              caseloadHandOvers(municipality: "320") { handOverId endedOn } }
            """);
        return
        [
            .. decided.GetProperty("duplicateMerges").EnumerateArray()
                .Where(merge => merge.GetProperty("outcome").GetString() == "UNDER_WAY")
                .Select(merge => $"merge {merge.GetProperty("mergeId")} was never carried out"),
            .. decided.GetProperty("caseloadHandOvers").EnumerateArray()
                .Where(handOver => handOver.GetProperty("endedOn").ValueKind == JsonValueKind.Null)
                .Select(handOver => $"hand-over {handOver.GetProperty("handOverId")} was never carried out"),
        ];
    });

    /// <summary>Hand-overs and merges are carried out in the background: they have a while, and nothing else needs it.
    /// </summary>
    private static async Task<IReadOnlyList<string>> InTheEnd(Func<Task<IReadOnlyList<string>>> wrongNow)
    {
        for (var late = DateTime.UtcNow + s_patience; ; await Task.Delay(500))
        {
            var wrong = await wrongNow();
            if (wrong.Count == 0 || DateTime.UtcNow > late)
            {
                return wrong;
            }
        }
    }

    private static IEnumerable<string> Wrong(
        KillCaller caller, KillPerson person, Dictionary<string, JsonElement> all)
    {
        var found = all[person.Id];
        var history = found.GetProperty("history").EnumerateArray().Select(entry => new Left(
            entry.GetProperty("type").GetString()!, entry.GetProperty("version").GetInt64(),
            entry.GetProperty("position").GetInt64())).ToList();
        var isErasedByPlatform = history.Any(left => left.Type == Decided) || (SurvivorOf(found) is { } into
            && all[into].GetProperty("erasedOn").ValueKind != JsonValueKind.Null);
        return
        [
            .. Lost(person, history),
            .. Doubled(person, MonthsOf(caller, person, all).Count, isErasedByPlatform ? 1 : 0, history),
            .. Merged(caller, person, all),
            .. Ended(caller, person, found),
        ];
    }

    private static IEnumerable<string> Lost(KillPerson person, List<Left> history)
    {
        foreach (var left in person.Events.Where(left => !history.Contains(left)
            && !(left.Type == Erased && history.Contains(left with { Type = Decided }))))
        {
            yield return $"lost {left.Type} of version {left.Version}";
        }
        for (var i = 0; i < history.Count; i++)
        {
            if (history[i].Version != i + 1)
            {
                yield return $"version {history[i].Version} stands in the place of {i + 1}";
            }
        }
    }

    /// <summary>What imports brought of a person, and of those that were merged into it: their months are its own now.
    /// </summary>
    private static HashSet<string> MonthsOf(
        KillCaller caller, KillPerson person, Dictionary<string, JsonElement> all) =>
    [
        .. person.Months,
        .. caller.People.Where(other => Absorbed(all[person.Id]).Contains(other.Id))
            .SelectMany(other => MonthsOf(caller, other, all)),
    ];

    /// <param name="person">The person.</param>
    /// <param name="months">How many months must be there.</param>
    /// <param name="erasures">How often the platform erased the person: the one whose erasure was decided, and a
    /// duplicate of one.</param>
    /// <param name="history">What is there.</param>
    private static IEnumerable<string> Doubled(KillPerson person, int months, int erasures, List<Left> history)
    {
        foreach (var type in history.GroupBy(left => left.Type))
        {
            var expected = type.Key switch
            {
                "client.benefit-month-recorded" => months,
                Erased => erasures + (erasures > 0 ? 0 : person.Events.Count(left => left.Type == Erased)),
                Decided => person.Events.Count(left => left.Type == Erased),
                "client.handed-over" or "client.duplicate-absorbed" or "client.merged-into-survivor"
                    or "client.merge-undone" => type.Count(),
                _ => person.Events.Count(left => left.Type == type.Key),
            };
            if (type.Count() != expected)
            {
                yield return $"{type.Key} is there {type.Count()} times, and was acknowledged {expected} times";
            }
        }
        if (history.Count(left => left.Type == "client.benefit-month-recorded") != months)
        {
            yield return "lines of an import are missing";
        }
    }

    /// <summary>Both of a merge say that it was carried out, or neither does: a duplicate with casework is not merged.
    /// </summary>
    private static IEnumerable<string> Merged(
        KillCaller caller, KillPerson person, Dictionary<string, JsonElement> all)
    {
        var taken = Absorbed(all[person.Id]);
        if (SurvivorOf(all[person.Id]) is { } into && person.Survivor?.Id != into)
        {
            yield return $"is merged into {into}, which nobody asked for";
        }
        if (taken.Distinct().Count() != taken.Length)
        {
            yield return "took one over twice";
        }
        foreach (var other in caller.People.Where(other => other.Survivor == person))
        {
            if (taken.Contains(other.Id) != (SurvivorOf(all[other.Id]) == person.Id))
            {
                yield return $"and {other.Id} do not agree on their merge";
            }
        }
    }

    private static string[] Absorbed(JsonElement client) =>
    [
        .. client.GetProperty("absorbed").EnumerateArray()
            .Select(absorbed => absorbed.GetProperty("duplicateId").GetString()!),
    ];

    private static string? SurvivorOf(JsonElement client) =>
        client.GetProperty("mergedInto") is { ValueKind: JsonValueKind.Object } survivor
            ? survivor.GetProperty("survivorId").GetString()
            : null;

    private static IEnumerable<string> Ended(KillCaller caller, KillPerson person, JsonElement found)
    {
        if (person.IsErased && (found.GetProperty("lastName").ValueKind != JsonValueKind.Null
            || found.GetProperty("erasedOn").ValueKind == JsonValueKind.Null))
        {
            yield return "was erased, and can be read";
        }
        var visits = found.GetProperty("dropInAttendances").EnumerateArray()
            .Select(visit => visit.GetProperty("dropInCentreId").GetString()!).ToHashSet();
        if (!visits.SetEquals(person.Visits))
        {
            yield return $"keeps {visits.Count} visits, and should keep {person.Visits.Count}";
        }
        if (person is { HasWorker: true, IsOver: false }
            && found.GetProperty("worker").GetProperty("workerId").GetString() != caller.Worker)
        {
            yield return "was not handed over";
        }
        var lines = found.GetProperty("accessLog").GetProperty("nodes").GetArrayLength();
        if (lines < Math.Min(person.Reads, 200))
        {
            yield return $"was read {person.Reads} times, and the use log has {lines} lines";
        }
    }
}
