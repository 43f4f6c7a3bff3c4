using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.ClientSample;

/// <summary>The way to the platform: one address and one token, with plain HTTP and JSON.</summary>
internal sealed class Platform : IDisposable
{
    private const int MostAttempts = 5;
    private const string MediaType = "application/graphql-response+json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _url;

    /// <param name="url">Where the platform answers GraphQL.</param>
    /// <param name="token">The caller's.</param>
    /// <param name="purpose">Why clients are read, such as <c>client-work</c>; null for callers who read none.</param>
    public Platform(Uri url, string token, string? purpose = null)
    {
        _url = url;
        if (purpose is not null)
        {
            _http.DefaultRequestHeaders.Add("Osst-Purpose", purpose);
        }
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Accept.ParseAdd(MediaType);
    }

    /// <summary>Asks once.</summary>
    /// <exception cref="PlatformException">The answer has an error: branch on its code.</exception>
    public async Task<TData> Ask<TData>(string query, object variables)
    {
        using var response = await _http.PostAsJsonAsync(_url, new { query, variables }, s_json);
        if (response.Content.Headers.ContentType?.MediaType != MediaType)
        {
            throw new HttpRequestException("The answer is not the platform's.", null, response.StatusCode);
        }
        var answer = await response.Content.ReadFromJsonAsync<Answer<TData>>(s_json);
        if (answer?.Errors is [var first, ..])
        {
            throw new PlatformException(first.Extensions?.Code ?? "UNKNOWN", first.Message);
        }
        return answer is { Data: { } data } ? data : throw new PlatformException("NO_DATA", "No data came.");
    }

    /// <summary>
    /// Sends a command until an answer comes. This is safe for one reason: its input has a <c>commandId</c>, and the
    /// platform answers the same id with the first outcome, however often it comes. Without an id of the caller's a
    /// second try could be a second command.
    /// </summary>
    public async Task<TData> Command<TData>(string mutation, object variables)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Ask<TData>(mutation, variables);
            }
            catch (Exception fault) when (attempt < MostAttempts && IsPassing(fault))
            {
                Console.WriteLine("No answer came; the same command goes again.");
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt));
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A broken connection, a timeout, a server that is busy or starting. Nobody knows what became of the
    /// command, and nobody needs to.</summary>
    private static bool IsPassing(Exception fault) => fault switch
    {
        HttpRequestException { StatusCode: null or HttpStatusCode.TooManyRequests or >= (HttpStatusCode)500 } => true,
        TaskCanceledException => true,
        PlatformException { Code: "TIMEOUT" or "INTERNAL" } => true,
        _ => false,
    };

    private sealed record Answer<TData>(TData? Data, IReadOnlyList<Error>? Errors);

    private sealed record Error(string Message, Extensions? Extensions);

    private sealed record Extensions(string? Code);
}

/// <summary>The platform refused a request. The message is for people.</summary>
internal sealed class PlatformException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code { get; } = code;
}
