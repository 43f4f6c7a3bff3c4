using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo.Disclosure;

namespace OsstOrleans.Conformance.Tests;

/// <summary>The letter of server-sent events, beside what the reference client shows.</summary>
public sealed class EventStreamTests
{
    private const string Figures = "subscription { caseloadMetrics { clients } }";

    [Fact]
    public async Task A_get_streams_too_and_a_silent_stream_shows_that_it_lives()
    {
        var limits = new StreamLimits { KeepAlive = TimeSpan.FromMilliseconds(50) };
        await using var server = await InProcessServer.Start(limits);
        using var response = await Get(server, Figures);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync(server.Patience));
        Assert.Equal(
            [":", "", "event: next", """data: {"data":{"caseloadMetrics":{"clients":0}}}""", "", ":", "", ":"],
            await Lines(text, 8, server.Patience));
    }

    [Fact]
    public async Task A_query_completes()
    {
        await using var server = await InProcessServer.Start();
        using var response = await Get(server, "{ me { role } }");
        Assert.Equal(
            ":\n\nevent: next\ndata: {\"data\":{\"me\":{\"role\":\"researcher\"}}}\n\nevent: complete\ndata: \n\n",
            await response.Content.ReadAsStringAsync(server.Patience));
    }

    [Fact]
    public async Task A_mutation_by_get_is_refused_in_json()
    {
        await using var server = await InProcessServer.Start();
        using var response = await Get(server, "mutation { __typename }");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_subscription_streams_also_where_json_is_liked_better()
    {
        await using var server = await InProcessServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address)
        {
            Content = JsonContent.Create(new { query = Figures }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token());
        request.Headers.Accept.ParseAdd("application/graphql-response+json, application/json, text/event-stream");
        using var response = await server.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, server.Patience);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_draining_process_ends_the_stream_without_completing_it()
    {
        await using var server = await InProcessServer.Start();
        using var response = await Get(server, Figures);
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync(server.Patience));
        await Lines(text, 5, server.Patience);
        var drained = server.Drain();
        Assert.Equal("", await text.ReadToEndAsync(server.Patience));
        await drained.WaitAsync(server.Patience);
    }

    [Fact]
    public async Task A_reader_that_vanishes_leaves_nothing_behind()
    {
        await using var server = await InProcessServer.Start();
        using (var response = await Get(server, Figures))
        {
            // The headers come before anything is watched, the first event after it.
            using var text = new StreamReader(await response.Content.ReadAsStreamAsync(server.Patience));
            await Lines(text, 5, server.Patience);
            Assert.Equal(1, server.Silo.Signals.Watches);
        }
        await Patience.Until(() => server.Silo.Signals.Watches == 0);
    }

    private static async Task<HttpResponseMessage> Get(InProcessServer server, string query)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{server.Address}?query={Uri.EscapeDataString(query)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token(Role.Researcher));
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, server.Patience);
    }

    private static async Task<List<string?>> Lines(StreamReader text, int count, CancellationToken patience)
    {
        var lines = new List<string?>();
        while (lines.Count < count)
        {
            lines.Add(await text.ReadLineAsync(patience));
        }
        return lines;
    }
}
