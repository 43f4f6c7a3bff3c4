using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Sends lines to a running server by its bulk mutations. A batch whose answer was lost is sent again as it is: the
/// server knows its lines by their content.
/// </summary>
internal sealed class RemoteImport : IDisposable
{
    /// <summary>Lines of one batch.</summary>
    public const int MostLines = 250;

    private const int MostAttempts = 8;
    private const int LongestPauseMs = 10_000;

    private readonly HttpClient _http;
    private readonly ImportKind _kind;
    private readonly string _source;
    private readonly string _mutation;
    private readonly string _document;

    public RemoteImport(Uri server, string token, ImportKind kind, string source)
    {
        (_kind, _source) = (kind, source);
        _mutation = $"import{kind}";
        var type = $"Import{kind}Input";
        _document = $$"""
            mutation($input: {{type}}!) { {{_mutation}}(input: $input) {
              results { status position error {
                __typename
                ... on InvalidField { code field message }
                ... on IllegalStep { code field message }
                ... on NotFound { code field message }
                ... on UnusableLine { lineCode: code field message }
              } }
            } }
            """;
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends lines of any subjects; those of one subject are taken in order.</summary>
    /// <exception cref="StoreRefusal">The server does not take them; says why in one sentence.</exception>
    public async ValueTask<IReadOnlyList<LineResult>> Send(IReadOnlyList<IImportLine> lines)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (results, problem, mayPass) = await Try(lines);
            if (results is not null)
            {
                return results;
            }
            if (problem == GraphQLErrorCodes.Variables)
            {
                return await SendHalves(lines);
            }
            if (!mayPass || attempt == MostAttempts)
            {
                throw new StoreRefusal(
                    $"The server at {_http.BaseAddress} does not take the lines: {problem}. The same command goes on "
                    + "where it is.");
            }
            await Task.Delay(Math.Min(100 << attempt, LongestPauseMs));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A value that the contract's types cannot carry: which line has it is found by halving.</summary>
    private async ValueTask<IReadOnlyList<LineResult>> SendHalves(IReadOnlyList<IImportLine> lines)
    {
        if (lines.Count == 1)
        {
            return
            [
                LineResult.Refused(SourceLine.Unusable(
                    ImportCodes.FieldUnreadable, "A value of the line is larger than its field can hold.")),
            ];
        }
        var half = lines.Count / 2;
        return [.. await Send([.. lines.Take(half)]), .. await Send([.. lines.Skip(half)])];
    }

    private async ValueTask<(IReadOnlyList<LineResult>? Results, string? Problem, bool MayPass)> Try(
        IReadOnlyList<IImportLine> lines)
    {
        try
        {
            var given = new JsonArray([.. lines.Select(line => JsonNode.Parse(LineJson.Write(line)))]);
            var variables = new JsonObject
            {
                ["input"] = new JsonObject { ["source"] = _source, ["lines"] = given },
            };
            using var answer = await _http.PostAsJsonAsync(
                new Uri("/graphql", UriKind.Relative), new { query = _document, variables });
            if (answer.StatusCode is HttpStatusCode.Unauthorized)
            {
                return (null, ErrorCodes.Unauthenticated, false);
            }
            using var json = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            return json.RootElement.TryGetProperty("errors", out var errors)
                ? ProblemOf(errors[0].GetProperty("extensions").GetProperty("code").GetString()!)
                : (ResultsOf(json.RootElement.GetProperty("data").GetProperty(_mutation)), null, false);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException)
        {
            return (null, "no answer", true);
        }
    }

    /// <summary>The codes whose request may be answered later as it is.</summary>
    private static (IReadOnlyList<LineResult>?, string, bool) ProblemOf(string code) => (
        null, code, ErrorCodeResolvers.All.FirstOrDefault(known => known.Code == code)?.Retry ?? false);

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
