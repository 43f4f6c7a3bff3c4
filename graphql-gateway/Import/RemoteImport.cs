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
/// server knows its lines by their content. A batch that is too large is halved, and so are those after it.
/// </summary>
internal sealed class RemoteImport : IDisposable
{
    /// <summary>Lines of one batch.</summary>
    public const int MostLines = 250;

    private const int MostAttempts = 8;
    private const int LongestPauseMs = 10_000;

    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly ImportKind _kind;
    private readonly string _source;
    private int _most = MostLines;

    public RemoteImport(Uri server, string token, ImportKind kind, string source)
    {
        (_kind, _source) = (kind, source);
        _endpoint = EndpointOf(server);
        // A redirect that is followed would lose the token or the lines; instead its status is reported.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
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
    public async ValueTask<IReadOnlyList<LineResult>> Send(IReadOnlyList<IImportLine> lines)
    {
        if (lines.Count > Volatile.Read(ref _most))
        {
            return await SendHalves(lines);
        }
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Try(lines);
            if (answer.Results is { } results)
            {
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
            if (!answer.MayPass || attempt == MostAttempts)
            {
                throw new StoreRefusal(
                    $"The server at {_endpoint} does not take the lines: {answer.Problem}. The same command goes on "
                    + "where it is.");
            }
            await Task.Delay(Math.Min(100 << attempt, LongestPauseMs));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// A value that the contract's types cannot carry refuses the whole batch: which line has it is found by halving.
    /// </summary>
    private static Rejection TooLargeValue { get; } = SourceLine.Unusable(
        ImportCodes.FieldUnreadable, "A value of the line is larger than its field can hold.");

    private async ValueTask<IReadOnlyList<LineResult>> SendHalves(IReadOnlyList<IImportLine> lines)
    {
        var half = lines.Count / 2;
        return [.. await Send([.. lines.Take(half)]), .. await Send([.. lines.Skip(half)])];
    }

    private async ValueTask<RemoteAnswer> Try(IReadOnlyList<IImportLine> lines)
    {
        try
        {
            var given = new JsonArray([.. lines.Select(line => JsonNode.Parse(LineJson.Write(line)))]);
            var variables = new JsonObject
            {
                ["input"] = new JsonObject { ["source"] = _source, ["lines"] = given },
            };
            using var answer = await _http.PostAsJsonAsync(
                _endpoint, new { documentId = ImportDocuments.IdOf(_kind), variables });
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
                ? RemoteAnswer.Refused(errors[0].GetProperty("extensions").GetProperty("code").GetString()!)
                : RemoteAnswer.Of(ResultsOf(
                    json.RootElement.GetProperty("data").GetProperty(ImportDocuments.MutationOf(_kind))));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            return RemoteAnswer.NoGraphQL(answer.StatusCode);
        }
    }

    private static IReadOnlyList<LineResult> ResultsOf(JsonElement payload) =>
        [.. payload.GetProperty("results").EnumerateArray().Select(ResultOf)];

    private static LineResult ResultOf(JsonElement result) => result.GetProperty("status").GetString() switch
    {
        "REJECTED" => LineResult.Refused(WhyOf(result.GetProperty("error"))),
        var status => new LineResult(
            status == "DUPLICATE" ? LineStatus.Duplicate : LineStatus.Accepted,
            result.GetProperty("position").GetInt64(), null),
    };

    private static Rejection WhyOf(JsonElement error) => new(
        RejectionKind.InvalidField,
        (error.TryGetProperty("lineCode", out var code) ? code : error.GetProperty("code")).GetString()!,
        error.GetProperty("field").GetString()!, error.GetProperty("message").GetString()!);
}
