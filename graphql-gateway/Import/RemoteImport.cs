using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Sends lines to a running server by its bulk mutations. A batch whose answer was lost is sent again as it is: the
/// server knows its lines by their content, or by their place in this import. A batch that is too large is halved, and
/// so are those after it. A server that is away is waited for.
/// </summary>
internal sealed class RemoteImport : IDisposable
{
    /// <summary>Lines of one batch.</summary>
    public const int MostLines = 250;

    /// <summary>A server that is started anew folds its log first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly ImportKind _kind;
    private readonly string _source;
    private readonly Guid _import;
    private readonly ImportToken _token;
    private readonly Action<string> _tell;
    private readonly TimeProvider _time;
    private int _most = MostLines;
    private int _waits;

    /// <param name="server">Where it is.</param>
    /// <param name="token">Who sends.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="import">Distinguishes this import from others; one that goes on after a crash keeps it.</param>
    /// <param name="tell">Shows one sentence.</param>
    /// <param name="time">The clock by which it waits.</param>
    public RemoteImport(
        Uri server, ImportToken token, (ImportKind Kind, string Source) request, Guid import, Action<string> tell,
        TimeProvider time)
    {
        (_kind, _source) = request;
        (_import, _token, _tell, _time) = (import, token, tell, time);
        _endpoint = EndpointOf(server);
        // A redirect that is followed would lose the token or the lines; instead its status is reported.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>A proxy may serve the platform under a path of its own.</summary>
    private static Uri EndpointOf(Uri server)
    {
        var path = server.AbsolutePath.TrimEnd('/');
        return new UriBuilder(server)
        {
            Path = path.EndsWith(GraphQLEndpoint.Path, StringComparison.Ordinal) ? path : path + GraphQLEndpoint.Path,
            Query = "",
            Fragment = "",
        }.Uri;
    }

    /// <summary>Sends lines of any subjects; those of one subject are taken in order.</summary>
    /// <exception cref="StoreRefusal">The server does not take them; says why in one sentence.</exception>
    public async ValueTask<IReadOnlyList<LineResult>> Send(IReadOnlyList<SourceLine> lines)
    {
        if (lines.Count > Volatile.Read(ref _most))
        {
            return await SendHalves(lines);
        }
        var (began, pause) = (_time.GetTimestamp(), s_firstPause);
        while (true)
        {
            var token = _token.Now;
            var answer = await Try(lines, token);
            if (answer.Results is { } results)
            {
                GoesOn();
                return results.Count == lines.Count ? results : throw new StoreRefusal(
                    $"The server at {_endpoint} answers {results.Count} of {lines.Count} lines.");
            }
            if (answer.Problem == GraphQLErrorCodes.Variables && lines.Count == 1)
            {
                return [LineResult.Refused(TooLargeValue)];
            }
            if (answer.IsTooMuch && lines.Count > 1)
            {
                if (answer.Problem != GraphQLErrorCodes.Variables)
                {
                    Volatile.Write(ref _most, lines.Count / 2);
                }
                return await SendHalves(lines);
            }
            if (answer.Problem == ErrorCodes.Unauthenticated && _token.WasRenewedSince(token))
            {
                continue;
            }
            if (!answer.MayPass || _time.GetElapsedTime(began) >= Patience)
            {
                throw new StoreRefusal(
                    $"The server at {_endpoint} does not take the lines: {answer.Words}. The same command goes on "
                    + "where it is.");
            }
            Waits(answer.Words);
            await Task.Delay(answer.After is { } asked && asked > pause && asked < Patience ? asked : pause, _time);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Said once for all batches that are under way.</summary>
    private void Waits(string problem)
    {
        if (Interlocked.Exchange(ref _waits, 1) == 0)
        {
            _tell($"The server at {_endpoint} does not take lines now ({problem}). It is asked again for "
                + $"{Patience.TotalMinutes:0} minutes.");
        }
    }

    private void GoesOn()
    {
        if (Interlocked.Exchange(ref _waits, 0) == 1)
        {
            _tell("The server takes lines again.");
        }
    }

    /// <summary>
    /// A value that the contract's types cannot carry refuses the whole batch: which line has it is found by halving.
    /// </summary>
    private static Rejection TooLargeValue { get; } = SourceLine.Unusable(
        ImportCodes.FieldUnreadable, "A value of the line is larger than its field can hold.");

    private async ValueTask<IReadOnlyList<LineResult>> SendHalves(IReadOnlyList<SourceLine> lines)
    {
        var half = lines.Count / 2;
        return [.. await Send([.. lines.Take(half)]), .. await Send([.. lines.Skip(half)])];
    }

    private async ValueTask<RemoteAnswer> Try(IReadOnlyList<SourceLine> lines, string token)
    {
        try
        {
            var given = new JsonArray([.. lines.Select(line => JsonNode.Parse(LineJson.Write(line.Line!)))]);
            var variables = new JsonObject
            {
                ["input"] = new JsonObject
                {
                    ["source"] = _source,
                    ["importId"] = _import,
                    ["lineNumbers"] = new JsonArray([.. lines.Select(line => JsonValue.Create(line.Ordinal))]),
                    ["lines"] = given,
                },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
            {
                Content = JsonContent.Create(new { documentId = ImportDocuments.IdOf(_kind), variables }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _http.SendAsync(request);
            return answer.StatusCode is HttpStatusCode.Unauthorized
                ? RemoteAnswer.Refused(ErrorCodes.Unauthenticated)
                : await Read(answer);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return RemoteAnswer.None;
        }
    }

    /// <summary>What stands before a server, or in its place, may answer, too: its answers are no GraphQL.</summary>
    private async Task<RemoteAnswer> Read(HttpResponseMessage answer)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            return json.RootElement.TryGetProperty("errors", out var errors)
                ? RemoteAnswer.Refused(
                    errors[0].GetProperty("extensions").GetProperty("code").GetString()!,
                    errors[0].GetProperty("message").GetString()) with
                {
                    After = AfterOf(answer),
                }
                : RemoteAnswer.Of(ResultsOf(
                    json.RootElement.GetProperty("data").GetProperty(ImportDocuments.MutationOf(_kind))));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            return RemoteAnswer.NoGraphQL(answer.StatusCode) with { After = AfterOf(answer) };
        }
    }

    private TimeSpan? AfterOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } then } => then - _time.GetUtcNow(),
        _ => null,
    };

    private static IReadOnlyList<LineResult> ResultsOf(JsonElement payload) =>
        [.. payload.GetProperty("results").EnumerateArray().Select(ResultOf)];

    private static LineResult ResultOf(JsonElement result) => result.GetProperty("status").GetString() switch
    {
        "REJECTED" => LineResult.Refused(WhyOf(result.GetProperty("error"))),
        "SUPERSEDED" => new LineResult(LineStatus.Superseded, 0, WhyOf(result.GetProperty("error"))),
        var status => new LineResult(
            status == "DUPLICATE" ? LineStatus.Duplicate : LineStatus.Accepted,
            result.GetProperty("position").GetInt64(), null),
    };

    private static Rejection WhyOf(JsonElement error) => new(
        RejectionKind.InvalidField,
        (error.TryGetProperty("lineCode", out var code) ? code : error.GetProperty("code")).GetString()!,
        error.GetProperty("field").GetString()!, error.GetProperty("message").GetString()!);
}
