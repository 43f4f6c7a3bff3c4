using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OsstOrleans.Conformance.Tests;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Asks a server over HTTP as one caller.</summary>
internal sealed class GraphQLClient(HttpClient http, string? token)
{
    private const string PurposeHeader = "Osst-Purpose";

    /// <summary>The data of a query that must succeed.</summary>
    public async Task<JsonElement> Query(string query, object? variables = null)
    {
        var answer = await Send(query, variables);
        Assert.True(answer.Code is null, answer.Text);
        return answer.Json.GetProperty("data");
    }

    /// <summary>The payload of a mutation, which is named as in the schema.</summary>
    public async Task<JsonElement> Mutate(string mutation, object input)
    {
        var answer = await TryMutate(mutation, input);
        Assert.True(answer.Code is null, answer.Text);
        return answer.Json.GetProperty("data").GetProperty(mutation);
    }

    /// <summary>Registers a made-up client of municipality 680 on 2 January 2019; answers with its id.</summary>
    public async Task<string> RegisterSomeone(string prefix)
    {
        var id = $"{prefix}-{Guid.NewGuid():N}";
        await Mutate("registerClient", new
        {
            clientId = id,
            occurredOn = "2019-01-02",
            municipality = "680",
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = id,
            synthetic = true,
        });
        return id;
    }

    /// <summary>The whole answer to a mutation.</summary>
    public Task<Answer> TryMutate(string mutation, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        return Send($$"""
            mutation($input: {{type}}!) { {{mutation}}(input: $input) {
              accepted version position
              userErrors {
                __typename
                ... on InvalidField { code field message }
                ... on IllegalStep { code field message }
                ... on NotFound { code field message }
                ... on VersionConflict { message actualVersion }
              }
            } }
            """, new { input });
    }

    /// <summary>POSTs a query as JSON.</summary>
    public Task<Answer> Send(string query, object? variables = null) =>
        Send(new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query, variables }),
        });

    /// <summary>POSTs a body as it is.</summary>
    public Task<Answer> SendBody(string body, string contentType = "application/json") =>
        Send(new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse(contentType)),
        });

    /// <summary>Sends any request with this caller's token.</summary>
    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            Identify(request);
            using var response = await http.SendAsync(request);
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>The first answer of a subscription over server-sent events, which then ends.</summary>
    public async Task<Answer> First(string subscription)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = $"subscription {{ {subscription} }}" }),
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } },
        };
        Identify(request);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return new Answer(response.StatusCode, line["data: ".Length..]);
            }
        }
        throw new InvalidOperationException("The stream ended without an answer.");
    }

    private void Identify(HttpRequestMessage request)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (TokenPurpose.Of(token) is { } purpose && !request.Headers.Contains(PurposeHeader))
        {
            request.Headers.Add(PurposeHeader, purpose);
        }
    }
}

internal static class JsonPaths
{
    /// <summary>The value at the end of a path of names.</summary>
    public static JsonElement At(this JsonElement json, params IEnumerable<string> path) =>
        path.Aggregate(json, (inner, name) => inner.GetProperty(name));
}

/// <summary>Status and body of one answer.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The first error's code; null when there is none.</summary>
    public string? Code => Json.TryGetProperty("errors", out var errors)
        ? errors[0].At("extensions", "code").GetString()
        : null;

    /// <summary>True when the answer carries any data.</summary>
    public bool HasData => Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
        && data.EnumerateObject().Any(value => value.Value.ValueKind != JsonValueKind.Null);
}
