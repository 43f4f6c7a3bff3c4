using OsstOrleans.Gateway.Operations;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>/health/live</c>: this process answers, whatever is the matter around it. <c>/health/startup</c>: it has loaded.
/// <c>/health/ready</c>: it can do its work; else 503 with the reason in one word.
/// </summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app, Health health)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/startup", () => Status(health.HasStarted, health.HasStarted ? "started" : "loading"));
        app.MapGet("/health/ready", () =>
        {
            var word = health.Word;
            return Status(word == Health.ReadyWord, word);
        });
    }

    private static IResult Status(bool well, string word) =>
        Results.Text(word, statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
