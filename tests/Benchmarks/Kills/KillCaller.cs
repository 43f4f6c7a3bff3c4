using System.Globalization;
using System.Text.Json;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// A caller as integrations should be: one thing after the other about people of its own, each with an id that it
/// keeps until it is acknowledged. It remembers what was.
/// </summary>
internal sealed class KillCaller(int number, int seed)
{
    private const string Register = "320";

    private readonly Random _random = new(seed + number);
    private readonly List<KillPerson> _people = [];
    private Func<KillClient, Task>? _pending;
    private int _things;
    private int _worker;

    public IReadOnlyList<KillPerson> People => _people;

    /// <summary>The worker whom all of its people have in the end.</summary>
    public string Worker => $"w{number}-{_worker}";

    /// <summary>What was acknowledged, by its kind.</summary>
    public SortedDictionary<string, int> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>How often something was sent whose answer did not come.</summary>
    public int Retried { get; private set; }

    /// <summary>Works until the server is gone, or it is asked to end after what it does.</summary>
    public async Task WorkUntilCutOff(
        KillClient client, TaskCompletionSource answering, CancellationToken end = default)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                _pending ??= Next();
                await Settle(client);
                answering.TrySetResult();
            }
        }
        catch (CutOff)
        {
            Retried += _pending is null ? 0 : 1;
        }
    }

    /// <summary>Sends what still waits for its acknowledgement.</summary>
    public async Task Settle(KillClient client)
    {
        if (_pending is { } pending)
        {
            await pending(client);
            _pending = null;
        }
    }

    /// <summary>Draws the next thing: what it is and its id are fixed here, and sent until they are answered.</summary>
    private Func<KillClient, Task> Next()
    {
        _things++;
        if (_things <= 4)
        {
            var (id, worker) = (NewId(), $"w{number}-{(_things - 1) % 2}");
            var enters = _things <= 2 ? "addSocialWorker" : "registerStaffMember";
            return client => Do(
                client, enters, new { municipality = Register, commandId = id, workerId = worker });
        }
        var open = _people.Where(person => !person.IsOver).ToArray();
        if (open.Length < 3 || _random.Next(10) == 0)
        {
            return Registering(new KillPerson($"kill-{seed}-{number}-{_people.Count}"));
        }
        var person = open[_random.Next(open.Length)];
        return _random.Next(20) switch
        {
            0 or 1 or 2 or 3 => About(person, "recordContactAttempt", "client.contact-attempted",
                new() { ["channel"] = "PHONE", ["reached"] = false, ["note"] = NewId() }),
            4 or 5 => Importing(person),
            6 or 7 => Assigning(person),
            8 or 9 or 10 => Consenting(person),
            11 or 12 or 13 => Visiting(person),
            14 or 15 or 16 => Reading(person),
            17 => HandingOver(),
            18 when open.Length > 3 => Merging(person, open.First(other => other != person)),
            _ when open.Length > 4 && _random.Next(3) == 0 => Erasing(person),
            _ => Reading(person),
        };
    }

    private Func<KillClient, Task> Registering(KillPerson person)
    {
        var send = About(person, "registerClient", "client.registered", new()
        {
            ["municipality"] = Register,
            ["lastName"] = "Esimerkki",
            ["firstNames"] = "Synteettinen",
            ["birthYear"] = 1980,
            ["temporaryIdentifier"] = person.Id,
            ["synthetic"] = true,
        });
        return async client =>
        {
            await send(client);
            _people.Add(person);
        };
    }

    /// <summary>A command about a person that leaves one event; then what it means for the person.</summary>
    private Func<KillClient, Task> About(
        KillPerson person, string mutation, string type, Dictionary<string, object> input, Action? then = null)
    {
        input["clientId"] = person.Id;
        input["commandId"] = NewId();
        return async client =>
        {
            var answer = await Do(client, mutation, input);
            person.Events.Add(new Left(
                type, answer.GetProperty("version").GetInt64(), answer.GetProperty("position").GetInt64()));
            then?.Invoke();
        };
    }

    private Func<KillClient, Task> Assigning(KillPerson person) => person.HasWorker
        ? Reading(person)
        : About(person, "assignWorker", "client.worker-assigned",
            new() { ["workerId"] = Worker, ["ownWorker"] = true }, () => person.HasWorker = true);

    private Func<KillClient, Task> Consenting(KillPerson person) => person.Consents
        ? About(person, "withdrawDropInConsent", "client.drop-in-consent-withdrawn", [], () =>
        {
            person.Consents = false;
            person.Visits.Clear();
        })
        : About(person, "giveDropInConsent", "client.drop-in-consent-given", [], () => person.Consents = true);

    private Func<KillClient, Task> Visiting(KillPerson person)
    {
        if (!person.Consents)
        {
            return Consenting(person);
        }
        var (id, centre) = (NewId(), $"centre-{_random.Next(9)}");
        return async client =>
        {
            await Do(
                client, "recordDropInAttendance",
                new { clientId = person.Id, commandId = id, dropInCentreId = centre });
            person.Visits.Add(centre);
        };
    }

    private Func<KillClient, Task> Reading(KillPerson person) => async client =>
    {
        await client.Ask("query($id: ID!) { client(id: $id) { lastName version } }", new { id = person.Id });
        person.Reads++;
        Count("read of a person");
    };

    private Func<KillClient, Task> Importing(KillPerson person)
    {
        var (id, months) = (NewId(), Enumerable.Range(0, 3).Select(_ => string.Create(
            CultureInfo.InvariantCulture, $"{_random.Next(2001, 2017)}-{_random.Next(1, 13):00}")).ToHashSet());
        months.ExceptWith(person.Months);
        var input = new
        {
            source = "kela",
            idempotencyKey = id,
            lines = months.Select(month => new
            {
                clientId = person.Id,
                month,
                amountCents = 50_000,
                reductionPercent = 20,
            }).ToArray(),
        };
        return async client =>
        {
            var answer = await client.Mutate("importBenefitMonths", input, "accepted duplicates rejected");
            if (answer.GetProperty("rejected").GetInt32() > 0)
            {
                throw new InvalidOperationException($"Lines were refused: {answer}");
            }
            person.Months.UnionWith(months);
            Count("import");
        };
    }

    /// <summary>Whom the present worker has gets the other one, unless a hand-over is under way.</summary>
    private Func<KillClient, Task> HandingOver()
    {
        var (id, from) = (NewId(), Worker);
        var to = $"w{number}-{1 - _worker}";
        return async client =>
        {
            var answer = await client.Mutate("handOverCaseload", new
            {
                municipality = Register,
                commandId = id,
                handOverId = id,
                fromWorkerId = from,
                toWorkerId = to,
            });
            if (answer.GetProperty("accepted").GetBoolean())
            {
                _worker = 1 - _worker;
                Count("handOverCaseload");
            }
        };
    }

    private Func<KillClient, Task> Merging(KillPerson survivor, KillPerson duplicate)
    {
        var id = NewId();
        return async client =>
        {
            var answer = await client.Mutate("mergeDuplicate", new
            {
                municipality = Register,
                commandId = id,
                mergeId = id,
                survivorId = survivor.Id,
                duplicateId = duplicate.Id,
                grounds = "CONFIRMED_BY_CLIENT",
            });
            if (answer.GetProperty("accepted").GetBoolean()) // One of them may be in another merge at this moment.
            {
                duplicate.Survivor = survivor;
                Count("mergeDuplicate");
            }
        };
    }

    private Func<KillClient, Task> Erasing(KillPerson person) => About(
        person, "eraseClient", "client.erased", new() { ["reason"] = "REGISTERED_IN_ERROR" }, () =>
        {
            person.IsErased = true;
            person.Consents = false;
            person.Visits.Clear();
        });

    private async Task<JsonElement> Do(KillClient client, string mutation, object input)
    {
        var answer = await client.Mutate(mutation, input);
        if (!answer.GetProperty("accepted").GetBoolean())
        {
            throw new InvalidOperationException(
                $"{mutation} was refused: {answer} to {JsonSerializer.Serialize(input)}");
        }
        Count(mutation);
        return answer;
    }

    private void Count(string kind) => Acknowledged[kind] = Acknowledged.GetValueOrDefault(kind) + 1;

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
