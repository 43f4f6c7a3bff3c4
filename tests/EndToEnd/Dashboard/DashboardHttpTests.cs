using System.Net;
using System.Text.RegularExpressions;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>What the dashboard's addresses let nobody do, seen over HTTP.</summary>
public sealed partial class DashboardHttpTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly CookieContainer _cookies = new();
    private HttpClient _browser = null!;
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.Answering(
            OsstProcess.StartIn("/", [.. RunningServer.Verb(_folder.Data), "--quiet"]), _folder.Data);
        _browser = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = _cookies,
            CheckCertificateRevocationList = true,
        })
        {
            BaseAddress = _server.Address,
        };
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_session_opens_pages_and_nothing_else()
    {
        var closed = await _browser.GetAsync("/");
        Assert.Equal("/sign-in?back=%2F", closed.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/live/overview")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/download/status.csv")).StatusCode);
        await Enter("researcher", "/about");

        var page = await _browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.GetAsync("/ops")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.GetAsync("/live/ops")).StatusCode);
        var csv = await _browser.GetStringAsync("/download/status.csv");
        Assert.StartsWith("code,label,value,state,as_of_position,", csv, StringComparison.Ordinal);
        Assert.Contains("\r\nREGISTERED,", csv, StringComparison.Ordinal);

        var reversed = await _browser.GetAsync("/chain?from=2019&to=2018");
        Assert.Equal(HttpStatusCode.BadRequest, reversed.StatusCode);
        Assert.Contains("aria-describedby=\"period-refused\"", await reversed.Content.ReadAsStringAsync());
        Assert.Equal("", await (await _browser.GetAsync("/nothing")).Content.ReadAsStringAsync());
        using var lost = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        lost.Headers.Add("Accept", "text/html");
        var missing = await _browser.SendAsync(lost);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("There is no such page", await missing.Content.ReadAsStringAsync());

        // The API takes tokens, and the cookie is none.
        using var query = new StringContent("""{"query":"{ me { role } }"}""", null, "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.PostAsync("/graphql", query)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/ops.json")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/feed")).StatusCode);
    }

    [Fact]
    public async Task A_page_without_figures_says_so_and_pages_about_people_are_for_own_staff()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/chain/funnel.csv")).StatusCode);
        using var counts = new StringContent("""{"counts":[]}""", null, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.PostAsync("/door/counts", counts)).StatusCode);
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/door/counts");
        asked.Headers.Add("Osst-Door", "1");
        asked.Content = new StringContent("""{"counts":[]}""", null, "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SendAsync(asked)).StatusCode);
        await Enter("researcher", "/about");
        foreach (var (page, said) in ((string, string)[])
        [
            ("/chain", "No referral was received in this period."),
            ("/outcomes", "No client could be followed long enough in this period."),
            ("/centres", "No centre is registered yet."),
        ])
        {
            Assert.Contains(said, await _browser.GetStringAsync(page), StringComparison.Ordinal);
        }
        Assert.StartsWith(
            "step,referrals,share,", await _browser.GetStringAsync("/chain/funnel.csv"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/chain/funnel.svg")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/centres/nowhere")).StatusCode);
        foreach (var page in (string[])["/own", "/own/lists/CASES_TO_ASSIGN", "/own/client/x", "/import"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await _browser.GetAsync(page)).StatusCode);
        }
    }

    [Fact]
    public async Task A_post_that_is_not_of_our_page_changes_nothing_and_no_link_leads_away()
    {
        using var form = new FormUrlEncodedContent([new("role", "operator")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.PostAsync("/sign-in", form)).StatusCode);
        Assert.Null(_cookies.GetCookies(_server.Address)["osst-session"]);
        foreach (var back in (string[])["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
        {
            Assert.Equal("/", await Enter("operator", back));
            Assert.Equal("/", (await _browser.GetAsync($"/language/fi?back={Uri.EscapeDataString(back)}"))
                .Headers.Location!.ToString());
        }
        var cookie = _cookies.GetCookies(_server.Address)["osst-session"]!;
        Assert.True(cookie.HttpOnly);
        using var leave = new FormUrlEncodedContent([new("where", "here")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.PostAsync("/sign-out", leave)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/ops")).StatusCode);

        cookie.Value = cookie.Value[..^4] + "AAAA";
        var forged = await _browser.GetAsync("/ops");
        Assert.StartsWith("/sign-in", forged.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_asset_has_its_bytes_from_whatever_folder_the_program_is_started()
    {
        var page = await _browser.GetStringAsync("/sign-in");
        var assets = Asset().Matches(page).Select(match => match.Value).ToArray();
        Assert.Equal(4, assets.Length);
        foreach (var asset in assets)
        {
            var answer = await _browser.GetAsync(asset);
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 100, asset);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
        var script = assets.Single(asset => asset.EndsWith("/osst.js", StringComparison.Ordinal));
        Assert.InRange((await _browser.GetByteArrayAsync(script)).Length, 1, 4096);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/assets/000000000000/osst.css")).StatusCode);
    }

    /// <summary>Signs in as a developer does; answers with the place where that leads.</summary>
    private async Task<string> Enter(string role, string back)
    {
        var page = await _browser.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
        [
            new("forgery", Forgery().Match(page).Groups[1].Value), new("role", role), new("back", back),
        ]);
        var answer = await _browser.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    [GeneratedRegex("name=\"forgery\" value=\"([^\"]+)\"")]
    private static partial Regex Forgery();

    [GeneratedRegex("/assets/[^\"]+")]
    private static partial Regex Asset();
}
