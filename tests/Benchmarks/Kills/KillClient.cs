using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>The server is gone, or says for the moment that it cannot: the same is asked again.</summary>
internal sealed class CutOff : Exception;

/// <summary>Asks a server over HTTP as one caller, whose server may die at any time.</summary>
internal sealed class KillClient(HttpClient http, string token) : IDisposable
{
    private static readonly string[] s_passing = ["STORE_UNAVAILABLE", "GRAIN_BUSY", "GRAIN_CONTENDED", "STORE_BUSY"];

    /// <summary>A coordinator of municipality 320 at a server whose keys are in a folder.</summary>
    public static KillClient Of(string address, string keys) => new(
        new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) },
        new DevelopmentIssuer(TokenKey.Open(keys), TimeProvider.System).Mint(
            Role.Coordinator, "kills", Reach.Of("320"), TimeSpan.FromHours(8), ["kela"]));

    public void Dispose() => http.Dispose();

    /// <summary>The data of a request.</summary>
    /// <exception cref="CutOff">No answer that counts came.</exception>
    /// <exception cref="InvalidOperationException">The answer is an error that does not pass.</exception>
    public async Task<JsonElement> Ask(string query, object? variables = null)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
            {
                Content = JsonContent.Create(new { query, variables }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Osst-Purpose", "client-work");
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return response.StatusCode is HttpStatusCode.ServiceUnavailable ? throw new CutOff() : DataOf(text);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            throw new CutOff();
        }
    }

    /// <summary>The payload of a mutation.</summary>
    /// <inheritdoc cref="Ask"/>
    public async Task<JsonElement> Mutate(string mutation, object input, string fields = "accepted version position")
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var errors = fields.StartsWith("accepted version", StringComparison.Ordinal)
            ? " userErrors { __typename ... on InvalidField { code } ... on IllegalStep { code } }"
            : "";
        var data = await Ask(
            $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {fields}{errors} }} }}", new { input });
        return data.GetProperty(mutation);
    }

    private static JsonElement DataOf(string text)
    {
        var json = JsonElement.Parse(text);
        if (!json.TryGetProperty("errors", out var errors))
        {
            return json.GetProperty("data");
        }
        var code = errors[0].GetProperty("extensions").GetProperty("code").GetString();
        throw s_passing.Contains(code) ? new CutOff() : new InvalidOperationException($"An answer says {code}: {text}");
    }
}
