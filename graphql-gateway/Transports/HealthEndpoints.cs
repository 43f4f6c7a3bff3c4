using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>/health/live</c>: this process answers, whatever is the matter around it. <c>/health/startup</c>: it has loaded.
/// <c>/health/ready</c>: it can do its work; else 503 with the reason in one word. <c>/health/sign-in</c>: the keys of
/// every provider could be fetched the last time; known keys go on also when not, so it is no matter of readiness.
/// </summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app, Health health, Tokens tokens)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/startup", () => Status(health.HasStarted, health.HasStarted ? "started" : "loading"));
        app.MapGet("/health/ready", () =>
        {
            var word = health.Word;
            return Status(word == Health.ReadyWord, word);
        });
        app.MapGet("/health/sign-in", () =>
        {
            var away = tokens.Providers.Any(one => one.Keys.Trouble is not null);
            return Status(!away, away ? "provider-away" : "ready");
        });
    }

    private static IResult Status(bool well, string word) =>
        Results.Text(word, statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
