using System.Net.Http.Headers;
using System.Net.Http.Json;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Conformance.Tests;

/// <summary>The statuses behind the switch (decision 0006), and that they are off without it.</summary>
public sealed class StatusTests
{
    private const string New = "application/graphql-response+json";
    private const string Old = "application/json";

    [Theory]
    [InlineData(New, "{ me { role } }", 200, 200)]
    [InlineData(New, "{ me {", 400, 400)]
    [InlineData(New, "{ nothing }", 400, 422)]
    [InlineData(New, "query A { me { role } } query B { me { role } }", 400, 422)]
    [InlineData(New, "query ($id: ID!) { client(id: $id) { id } }", 400, 422)]
    [InlineData(New, "{ me { role } caseload(municipality: \"320\") { totalCount } }", 200, 294)]
    [InlineData(Old, "{ nothing }", 200, 200)]
    [InlineData(Old, "{ caseload(municipality: \"320\") { totalCount } }", 200, 200)]
    public async Task Finer_statuses_are_one_switch(string accept, string query, int standard, int finer)
    {
        foreach (var isFiner in new[] { false, true })
        {
            await using var server = await InProcessServer.Start(new ServerOptions(isFiner));
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Address)
            {
                Content = JsonContent.Create(new { query }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token());
            request.Headers.Accept.ParseAdd(accept);
            using var response = await server.Http.SendAsync(request, server.Patience);
            Assert.Equal(isFiner ? finer : standard, (int)response.StatusCode);
        }
    }
}
