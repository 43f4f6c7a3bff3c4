using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Gateway.Transports.Sockets;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using Xunit.Abstractions;

namespace OsstOrleans.Gateway.Tests.Fuzz;

/// <summary>
/// Whatever comes from outside is read or refused in a sentence: no other exception, and never silently something else.
/// OSST_SEED asks other questions; without it each run asks the same.
/// </summary>
public sealed class InputFuzzTests : IDisposable
{
    private const int Rounds = 4_000;

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("OSST_SEED"), out var seed) ? seed : 20_261_127;

    private readonly string _folder = Directory.CreateTempSubdirectory("osst-fuzz-").FullName;
    private readonly Damage _damage = new(Seed);

    public InputFuzzTests(ITestOutputHelper output) => output.WriteLine($"OSST_SEED={Seed}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task A_file_of_lines_is_read_or_refused(string form)
    {
        var kinds = Enum.GetValues<ImportKind>();
        byte[][] inputs = form == "csv"
            ?
            [
                "externalId;municipality;lastName;birthYear\nk-1;837;Synteettinen;1980\n"u8.ToArray(),
                "externalId,month,amountCents,basicAmountReduced\r\nk-1,2018-03,\"48 900\",FALSE\r\n"u8.ToArray(),
                [0xef, 0xbb, 0xbf, .. "dropInCentreId;day;visits\ntorni;2018-03-01;17\n"u8],
            ]
            :
            [
                """{"externalId":"k-1","municipality":"837","lastName":"Synteettinen","birthYear":1980}"""u8.ToArray(),
                "{\"externalId\":\"k-1\",\"month\":\"2018-03\",\"amountCents\":48900}\n\n{}\n"u8.ToArray(),
                """{"clientId":"c-1","reason":"BASIC_AMOUNT_REDUCED","occurredOn":"2018-03-01"}"""u8.ToArray(),
            ];
        var path = Path.Combine(_folder, "lines." + form);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var bytes = _damage.Of(inputs);
            await File.WriteAllBytesAsync(path, bytes);
            await Judge(round, bytes, async () =>
            {
                using var file = ImportFile.Open(path);
                await foreach (var line in file.Lines(kinds[round % kinds.Length], skip: 0))
                {
                    Assert.True(line.Line is null != line.Problem is null, "A line is usable or has a problem.");
                    if (line.Line is { } read && read.Missing() is null)
                    {
                        Assert.NotNull(read.Command());
                    }
                }
            });
        }
    }

    [Fact]
    public async Task Settings_are_read_or_refused()
    {
        byte[][] inputs =
        [
            """{"graphql": {"maxDepth": 20, "maxListItems": 9}, "http": {"executionTime": 5.5}}"""u8.ToArray(),
            """{"http": {"introspectionRoles": ["operator"], "allowedOrigins": ["https://a.example"]}}"""u8.ToArray(),
            """{"deliveries": {"firstPause": 0.5, "longestPause": 60}, "streams": {"keepAlive": 15}}"""u8.ToArray(),
        ];
        var path = Path.Combine(_folder, "settings.json");
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = _damage.Of(inputs);
            await File.WriteAllBytesAsync(path, bytes);
            await Judge(round, bytes, () =>
            {
                Assert.NotNull(SettingsFile.Read(path));
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task Trusted_documents_are_read_or_refused()
    {
        byte[][] inputs =
        [
            """{"a": "{ a }", "b": "query B { b }"}"""u8.ToArray(),
            """{"format": "apollo-persisted-query-manifest", "operations": [{"id": "a", "body": "a"}]}"""u8.ToArray(),
        ];
        var path = Path.Combine(_folder, "documents.json");
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = _damage.Of(inputs);
            await File.WriteAllBytesAsync(path, bytes);
            await Judge(round, bytes, () =>
            {
                Assert.True(TrustedDocuments.Read(path).Count > 0);
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task A_message_of_a_socket_is_read_or_is_none()
    {
        byte[][] inputs =
        [
            """{"type": "connection_init", "payload": {"authorization": "Bearer abc"}}"""u8.ToArray(),
            """{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": {"a": [1]}}}"""u8.ToArray(),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = _damage.Of(inputs);
            await Judge(round, bytes, () =>
            {
                if (SocketMessage.Parse(bytes) is { } message)
                {
                    _ = message.Text("authorization");
                    _ = message.Payload.IsEmpty ? null : message.Request();
                }
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task A_token_is_the_one_that_was_made_or_none()
    {
        var issuer = new DevelopmentIssuer(new SymmetricSecurityKey(new byte[32]), TimeProvider.System);
        var tokens = new Tokens([issuer], TimeProvider.System);
        var good = "Bearer " + issuer.Mint(Role.SocialWorker, "aino", Reach.Of("837"), TimeSpan.FromHours(1));
        Assert.NotNull(await tokens.Identify(good));
        byte[][] inputs = [Encoding.UTF8.GetBytes(good)];
        for (var round = 0; round < Rounds; round++)
        {
            var text = Encoding.UTF8.GetString(_damage.Of(inputs));
            await Judge(round, Encoding.UTF8.GetBytes(text), async () =>
            {
                if (await tokens.Identify(text) is { } verified)
                {
                    Assert.Equal((Role.SocialWorker, "aino", Reach.Of("837")),
                        (verified.Caller.Role, verified.Caller.Subject, verified.Caller.Reach));
                }
            });
        }
    }

    [Fact]
    public async Task A_request_is_read_or_refused()
    {
        byte[][] inputs =
        [
            """{"query": "query($c: [String!]) { a(codes: $c) }", "variables": {"c": ["837"]}}"""u8.ToArray(),
            """[{"query": "{ municipalities { code } }"}, {"query": "{ a }", "operationName": "A"}]"""u8.ToArray(),
            """{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}, "query": null}"""u8.ToArray(),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = _damage.Of(inputs);
            await Judge(round, bytes, () =>
            {
                var reader = new Utf8JsonReader(bytes);
                if (bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("["u8))
                {
                    Assert.NotEmpty(RequestReader.ReadBatch(ref reader, most: 10));
                }
                else
                {
                    Assert.NotNull(RequestReader.ReadOne(ref reader).Query);
                }
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>It may be refused in the ways that each caller of these readers knows, and in no other.</summary>
    private static async Task Judge(int round, byte[] bytes, Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception fault) when (fault is StoreRefusal or GraphQLRequestFault)
        {
            Assert.NotEmpty(fault.Message);
        }
        catch (Exception fault)
        {
            Assert.Fail($"OSST_SEED={Seed}, round {round}: {Convert.ToBase64String(bytes)}\n{fault}");
        }
    }
}
