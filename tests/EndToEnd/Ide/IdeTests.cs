using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests.Ide;

/// <summary>GraphiQL as this server serves it, in a real browser.</summary>
public sealed class IdeTests(IdeServer ide) : IClassFixture<IdeServer>
{
    [BrowserTheory]
    [InlineData("SocialWorker", Role.SocialWorker, "REVIEWS_DUE")]
    [InlineData("FindClients", Role.SocialWorker, "othersExist")]
    [InlineData("Researcher", Role.Researcher, "referralFunnel")]
    [InlineData("Integration", Role.Integration, "\"accepted\": true")]
    [InlineData("Batch", Role.Integration, "\"sent\": true")]
    [InlineData("Operator", Role.Operator, "programmes")]
    [InlineData("DropInStaff", Role.Counsellor, "openingDays")]
    public async Task Each_kind_of_user_has_an_example_that_answers(string tab, Role role, string shown)
    {
        await using var page = await ide.Open();
        await page.Token(ide.Server.Token(role, subject: "w-320-01"));
        await page.Choose(tab);
        var answer = await page.Ask();
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("data").EnumerateObject().First().Value.ValueKind);
        await page.Shows(shown);
        Assert.Contains(RoleNames.NameOf(role), await page.Who());
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task The_page_asks_nobody_but_its_own_server_and_keeps_no_token()
    {
        await using var page = await ide.Open();
        var token = ide.Server.Token(Role.Researcher);
        await page.Token(token);
        await page.Choose("Researcher");
        await page.Ask();
        await page.Documentation("CaseloadMetrics");
        Assert.All(page.Requests, request => Assert.True(
            request.Scheme == "data" || request.Authority == ide.Server.Address.Authority, request.ToString()));
        Assert.DoesNotContain(token, await page.Kept());
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task A_subscription_shows_each_change()
    {
        await using var page = await ide.Open();
        await page.Token(ide.Server.Token(Role.SocialWorker));
        await page.Choose("Live");
        await page.Execute();
        await page.Shows("\"position\"");
        var registered = await ide.Server.As(Role.Coordinator, "320").Mutate("registerClient", new
        {
            clientId = "ide-1",
            municipality = "320",
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1980,
            temporaryIdentifier = "T-ide",
            synthetic = true,
        });
        await page.Shows($"\"position\": {registered.GetProperty("position")}");
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Without_a_token_the_documentation_is_there_and_nothing_is_asked()
    {
        await using var page = await ide.Open();
        await page.Documentation("CaseloadMetrics");
        await page.Execute();
        await page.Shows("Paste a token");
        Assert.DoesNotContain(page.Requests, request => request.AbsolutePath == "/graphql");
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task What_is_no_token_is_told_so_at_once()
    {
        await using var page = await ide.Open();
        await page.Type("nonsense");
        Assert.Equal("This is no token.", await page.Who());
    }
}
