using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>/health/live</c>: this process answers, whatever is the matter around it. <c>/health/startup</c>: it has loaded.
/// <c>/health/ready</c>: it can do its work; else 503 with the reason in one word. <c>/health/sign-in</c>: the keys of
/// every provider could be fetched the last time; known keys go on also when not, so it is no matter of readiness.
/// <c>/health/staff</c>: it is known who belongs to the registers' staff; while it is not, workers read no clients, and
/// all others go on.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Balancers ask by either (RFC 9110, section 9.1).</summary>
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(
        this WebApplication app, Health health, Tokens tokens, Func<bool> knowsStaff)
    {
        app.MapMethods("/health/live", s_methods, () => Results.Text("live"));
        app.MapMethods(
            "/health/startup", s_methods, () => Status(health.HasStarted, health.HasStarted ? "started" : "loading"));
        app.MapMethods("/health/ready", s_methods, () =>
        {
            var word = health.Word;
            return Status(word == Health.ReadyWord, word);
        });
        app.MapMethods("/health/sign-in", s_methods, () =>
        {
            var away = tokens.Providers.Any(one => one.Keys.Trouble is not null);
            return Status(!away, away ? "provider-away" : "ready");
        });
        app.MapMethods("/health/staff", s_methods, () =>
        {
            var known = knowsStaff();
            return Status(known, known ? "ready" : "staff-not-current");
        });
    }

    private static IResult Status(bool well, string word) =>
        Results.Text(word, statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
