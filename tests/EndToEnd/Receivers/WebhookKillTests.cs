namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary><c>kill -9</c> while events are delivered, and the whole way over GraphQL.</summary>
public abstract class WebhookKillTests(ReceiverLog log)
{
    private const int Events = 150;

    [StoreFact]
    public async Task Kill_9_in_the_middle_of_deliveries_skips_none_and_keeps_their_order()
    {
        string[] store = await log.NewDatabase() is { } database ? ["--store", "postgres", "--postgres", database] : [];
        using var folder = await TestFolder.WithClients(store);
        await using var receiver = await ReceiverServer.Start();
        var sent = new List<long>();
        var arrived = new List<long>();
        await using (var server = await RunningServer.StartProcess(folder, ["--quiet", .. store]))
        {
            await Register(server, receiver.Address);
            for (var i = 0; i < Events; i++)
            {
                var counted = await server.As(Role.Coordinator).Mutate("markClosedDay", new
                {
                    dropInCentreId = "kemijarvi-keskusta",
                    day = new DateOnly(2030, 1, 1).AddDays(i),
                });
                sent.Add(counted.GetProperty("position").GetInt64());
            }
            while (arrived.Count < sent.Count / 3)
            {
                arrived.Add((await receiver.Next()).Position);
            }
            await server.Kill();
        }
        await using (await RunningServer.Start(folder, ["--quiet", .. store]))
        {
            while (arrived.LastOrDefault() != sent[^1])
            {
                arrived.Add((await receiver.Next()).Position);
            }
        }
        Assert.Equal(sent, arrived.Distinct());
    }

    private static async Task Register(RunningServer server, string endpoint)
    {
        var answer = await server.As(Role.Operator).Send("""
            mutation($input: RegisterReceiverInput!) { registerReceiver(input: $input) {
              accepted userErrors { __typename } receiver { receiverId secret secretNumber endpoint }
            } }
            """, new
        {
            input = new
            {
                receiverId = "calendar",
                name = "Calendar of the city",
                purpose = "opening days",
                legalBasis = "no personal data",
                endpoint,
                eventTypes = new[] { "drop-in-centre.closed-day-marked" },
            },
        });
        Assert.StartsWith("whsec_", answer.Json.At("data", "registerReceiver", "receiver", "secret").GetString());
        var listed = await server.As(Role.Operator).Query("{ receivers { receiverId secret delivery { position } } }");
        Assert.Equal("calendar", listed.GetProperty("receivers")[0].GetProperty("receiverId").GetString());
        Assert.Null(listed.GetProperty("receivers")[0].GetProperty("secret").GetString());
    }
}

public sealed class SqliteWebhookKillTests() : WebhookKillTests(ReceiverLog.Sqlite);

[Collection("deliveries on PostgreSQL"), NeedsPostgres]
public sealed class PostgresWebhookKillTests(PostgresFixture fixture) : WebhookKillTests(new ReceiverLog(fixture));
