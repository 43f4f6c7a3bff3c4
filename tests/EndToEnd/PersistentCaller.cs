using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>
/// A caller as integrations should be: one command after the other, each with an id of its own, sent again with that id
/// until it is acknowledged. It remembers every acknowledgement.
/// </summary>
internal sealed class PersistentCaller(int number)
{
    /// <summary>How the ids of its clients begin.</summary>
    public const string KeyPrefix = "kill-";

    private const int CommandsOfOneClient = 10;

    private readonly List<Acknowledged> _acknowledged = [];
    private Pending? _pending;

    /// <summary>Clients of its own that it has registered.</summary>
    public int Clients => (_acknowledged.Count + CommandsOfOneClient - 1) / CommandsOfOneClient;

    /// <summary>The position of its latest acknowledgement.</summary>
    public long Position => _acknowledged.Count == 0 ? 0 : _acknowledged[^1].Position;

    public int Sent => _acknowledged.Count + (_pending is null ? 0 : 1);

    /// <summary>Commands whose first answer never came.</summary>
    public int Retried { get; private set; }

    /// <summary>Sends commands until the server is gone.</summary>
    /// <param name="answering">Told when the server has answered.</param>
    public async Task WorkUntilCutOff(GraphQLClient client, TaskCompletionSource answering)
    {
        try
        {
            while (true)
            {
                _pending ??= Next();
                await Settle(client);
                answering.TrySetResult();
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // The server was killed; whether the command happened, only the next one can tell.
            Retried += _pending is null ? 0 : 1;
        }
    }

    /// <summary>Sends commands until told to stop; every one must be answered, and accepted.</summary>
    public async Task WorkUntil(GraphQLClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _pending ??= Next();
            await Settle(client);
        }
    }

    /// <summary>Sends the command that still waits for its acknowledgement.</summary>
    public async Task Settle(GraphQLClient client)
    {
        if (_pending is { } pending)
        {
            _acknowledged.Add(await Send(client, pending));
            _pending = null;
        }
    }

    /// <summary>Each client's history is exactly the acknowledged commands, in order, each once.</summary>
    public async Task AssertEachCommandHappenedOnce(GraphQLClient client)
    {
        foreach (var commands in _acknowledged.GroupBy(a => a.Command.Client))
        {
            // Sent once more, long after: the first outcome again, and no second effect.
            Assert.Equal(commands.Last(), await Send(client, commands.Last().Command));
            var data = await client.Query(
                "query($id: ID!) { client(id: $id) { history { version position type data } } }",
                new { id = commands.Key });
            var history = data.At("client", "history").EnumerateArray().Select(Happened);
            Assert.Equal(commands.Select(Expected), history);
        }
    }

    private Pending Next()
    {
        var (client, step) = int.DivRem(_acknowledged.Count, CommandsOfOneClient);
        return new Pending($"{KeyPrefix}{number}-{client}", step == 0, Guid.NewGuid());
    }

    private static async Task<Acknowledged> Send(GraphQLClient client, Pending command)
    {
        var payload = command.Registers
            ? await client.Mutate("registerClient", new
            {
                clientId = command.Client,
                commandId = command.Id,
                municipality = "320",
                lastName = "Esimerkki",
                firstNames = "Synteettinen",
                birthYear = 1980,
                temporaryIdentifier = command.Id,
                synthetic = true,
            })
            : await client.Mutate("recordContactAttempt", new
            {
                clientId = command.Client,
                commandId = command.Id,
                channel = "PHONE",
                reached = false,
                note = command.Id,
            });
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.ToString());
        return new Acknowledged(
            command, payload.GetProperty("version").GetInt64(), payload.GetProperty("position").GetInt64());
    }

    private static string Expected(Acknowledged sent) => $"{sent.Version} at {sent.Position}: "
        + $"{(sent.Command.Registers ? "client.registered" : "client.contact-attempted")} {sent.Command.Id}";

    private static string Happened(JsonElement entry)
    {
        var data = entry.GetProperty("data");
        var id = data.TryGetProperty("note", out var note) ? note : data.GetProperty("temporaryIdentifier");
        return $"{entry.GetProperty("version")} at {entry.GetProperty("position")}: {entry.GetProperty("type")} {id}";
    }

    private sealed record Pending(string Client, bool Registers, Guid Id);

    private sealed record Acknowledged(Pending Command, long Version, long Position);
}
