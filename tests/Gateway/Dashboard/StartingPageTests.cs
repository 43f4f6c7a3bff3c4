using Microsoft.AspNetCore.Http;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>A process that starts says so to people and to programs, to each in its form.</summary>
public sealed class StartingPageTests
{
    [Theory]
    [InlineData("GET", "text/html,application/xhtml+xml", "text/html; charset=utf-8", "Plattformen startar")]
    [InlineData("GET", "application/json", "application/json; charset=utf-8", "starting; ask again")]
    [InlineData("POST", "text/html", "application/json; charset=utf-8", "starting; ask again")]
    public async Task While_it_starts_a_browser_gets_a_page_and_a_program_an_error(
        string method, string accept, string type, string said)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = (method, "/");
        http.Request.Headers.Accept = accept;
        http.Request.Headers.AcceptLanguage = "sv-FI";
        using var body = new MemoryStream();
        http.Response.Body = body;
        await new StartingDoor().Pass(http, _ => throw new InvalidOperationException("The door is closed."));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, http.Response.StatusCode);
        Assert.Equal(type, http.Response.ContentType);
        Assert.True(http.Response.Headers.RetryAfter.Count > 0);
        Assert.Contains(said, System.Text.Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }
}
