using System.Net;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What machines are shown of the addresses, lines and events, is served to all.</summary>
[Collection("demo")]
public sealed class ContractEndpointTests(DemoServer demo)
{
    [Theory]
    [InlineData("/contracts/openapi.json", "openapi", "3.1.0")]
    [InlineData("/contracts/lines/contacts.json", "$id", "/contracts/lines/contacts.json")]
    [InlineData("/contracts/events/client.contact-attempted.json", "title", "osst.client.contact-attempted")]
    public async Task A_contract_is_served_without_a_token(string path, string field, string value)
    {
        var answer = await demo.Server.As(null).Send(new HttpRequestMessage(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(value, JsonElement.Parse(answer.Text).GetProperty(field).GetString());
    }

    [Theory]
    [InlineData("/contracts/lines/nothing.json")]
    [InlineData("/contracts/events/municipality.right-granted.json")]
    public async Task What_is_no_contract_is_not_there(string path) => Assert.Equal(
        HttpStatusCode.NotFound,
        (await demo.Server.As(null).Send(new HttpRequestMessage(HttpMethod.Get, path))).Status);
}
