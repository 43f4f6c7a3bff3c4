using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Gateway.Transports.Sockets;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Conformance.Tests;

/// <summary>
/// Faults and deadlines over real HTTP, with resolvers that fail and hang as the platform's own should never do.
/// </summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Secret = "Synteettinen, Esimerkki";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly string _data = Directory.CreateTempSubdirectory("osst-faults-").FullName;
    private readonly Lines _log = new();
    private readonly HttpClient _http = new() { Timeout = Patience.Limit };
    private WebApplication? _app;
    private DevelopmentIssuer? _issuer;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        _app = builder.Build();
        _issuer = new DevelopmentIssuer(TokenKey.Open(_data), TimeProvider.System);
        var tokens = new Tokens([_issuer], TimeProvider.System);
        var engine = GraphQLEngine.Build(
            "type Query { fine: String broken: String away: String full: String slow: String }",
            new ResolverMap()
                .Root("Query", "fine", _ => ValueTask.FromResult<string?>("fine"))
                .Root<string?>("Query", "broken", _ => throw new InvalidOperationException(Secret))
                .Root<string?>("Query", "away", _ => throw new StoreFault("The store is away."))
                .Root<string?>("Query", "full", _ => throw new LimitReached("LIMIT_SOME", "Too many."))
                .Root<string?>("Query", "slow", async call =>
                {
                    await Task.Delay(Timeout.Infinite, call.Cancelled);
                    return null;
                }),
            new GraphQLOptions { Expected = Faults.Told, OnUnexpectedFault = FaultLog.To(_app.Logger) });
        var options = new ServerOptions
        {
            Settings = new GatewaySettings
            {
                Http = new HttpLimits { ExecutionTime = TimeSpan.FromMilliseconds(100) },
            },
        };
        var services = new StreamServices(engine, tokens, TimeProvider.System, options, CancellationToken.None);
        var endpoint = new GraphQLEndpoint(engine, services, SocketEndpoint.Build(_app, services), false);
        _app.Map(GraphQLEndpoint.Path, endpoint.Handle);
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("away", "STORE_UNAVAILABLE", "The store is away.")]
    [InlineData("full", "LIMIT_SOME", "Too many.")]
    public async Task What_the_platform_cannot_do_just_now_has_its_code_in_every_field(
        string field, string code, string message)
    {
        var answer = await Ask($"{{ fine {field} }}");
        Assert.Equal("fine", answer.GetProperty("data").GetProperty("fine").GetString());
        var error = answer.GetProperty("errors")[0];
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Empty(_log.Written);
    }

    [Fact]
    public async Task An_unexpected_fault_is_masked_with_the_callers_own_trace_which_the_log_has_too()
    {
        var answer = await Ask("{ fine broken }", $"00-{Trace}-00f067aa0ba902b7-01");
        Assert.Equal("fine", answer.GetProperty("data").GetProperty("fine").GetString());
        var error = answer.GetProperty("errors")[0];
        Assert.Equal("Unexpected fault", error.GetProperty("message").GetString());
        Assert.Equal(
            $$"""{"code":"INTERNAL","traceId":"{{Trace}}"}""", error.GetProperty("extensions").GetRawText());
        var line = Assert.Single(_log.Written, l => l.Contains(Trace, StringComparison.Ordinal));
        Assert.Contains(nameof(InvalidOperationException), line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{answer}{string.Concat(_log.Written)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_without_a_trace_gets_one_of_the_servers()
    {
        var (first, second) = (TraceOf(await Ask("{ broken }")), TraceOf(await Ask("{ broken }")));
        Assert.NotEqual(first, second);
        Assert.Single(_log.Written, l => l.Contains(first, StringComparison.Ordinal));
        Assert.Single(_log.Written, l => l.Contains(second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_execution_past_its_time_ends_with_what_it_has()
    {
        var answer = await Ask("{ fine slow }");
        Assert.Equal("""{"fine":"fine","slow":null}""", answer.GetProperty("data").GetRawText());
        Assert.Equal("TIMEOUT", InProcessServer.CodeOf(answer));
    }

    private static string TraceOf(JsonElement answer) =>
        answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("traceId").GetString()!;

    private async Task<JsonElement> Ask(string query, string? traceparent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, GraphQLEndpoint.Path);
        request.Content = JsonContent.Create(new { query });
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", _issuer!.Mint(Role.Operator, "tester", Reach.All, TimeSpan.FromHours(1)));
        if (traceparent is not null)
        {
            request.Headers.Add("traceparent", traceparent);
        }
        using var response = await _http.SendAsync(request);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Keeps the log's lines.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Written.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
